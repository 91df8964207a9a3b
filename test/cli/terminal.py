"""Runs a program on a terminal of its own and types into it.

One JSON object on stdin: {"args": [...], "env": {...}, "cwd": "...", "columns": 80, "pipe": 1, "steps": [...]}.
A step waits for {"text": "..."} on the terminal, for {"piped": "..."} in the pipe, or {"until": "started"} the program has taken the place of this one, or
{"until": "ready"} it handles signals itself, and then types its "keys". "pipe" is the stream that is not on the terminal. "input" is written to a pipe that the program has as descriptor 3 and that stays open.
Answers with {"output", "piped", "code", "signal", "cooked"} as JSON on stdout.
"""

import fcntl, json, os, pty, select, signal, struct, sys, termios, time

LIMIT_S = 25

task = json.load(sys.stdin)
deadline = time.monotonic() + LIMIT_S
piped = os.pipe() if "pipe" in task else None
slow = os.pipe() if "input" in task else None
pid, master = pty.fork()
if pid == 0:
    if piped:
        os.dup2(piped[1], task["pipe"])
        os.close(piped[0])
    if slow:
        os.dup2(slow[0], 3)
        os.set_inheritable(3, True)
        os.close(slow[1])
    # Wait until the window has its size.
    while struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))[0] == 0:
        time.sleep(0.005)
    os.chdir(task["cwd"])
    os.execvpe(task["args"][0], task["args"], task["env"])

before = termios.tcgetattr(master)
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, task.get("columns", 80), 0, 0))
if piped:
    os.close(piped[1])
if slow:
    os.close(slow[0])
    os.write(slow[1], task["input"].encode())

output = {"terminal": b"", "pipe": b""}
sources = {master: "terminal"}
if piped:
    sources[piped[0]] = "pipe"


def read_some(seconds):
    for source in select.select(list(sources), [], [], seconds)[0]:
        try:
            part = os.read(source, 65536)
        except OSError:
            part = b""
        if part:
            output[sources[source]] += part
        else:
            del sources[source]


def is_started():
    with open(f"/proc/{pid}/cmdline") as line:
        return line.read().split("\0")[0] == task["args"][0]


def is_ready():
    """Node itself catches SIGINT from the beginning, but not SIGHUP."""
    with open(f"/proc/{pid}/status") as status:
        caught = next(line for line in status if line.startswith("SigCgt"))
    return int(caught.split()[1], 16) >> (signal.SIGHUP - 1) & 1


CONDITIONS = {"started": is_started, "ready": is_ready}
seen = 0
for step in task["steps"]:
    while "text" in step and step["text"].encode() not in output["terminal"][seen:]:
        if time.monotonic() > deadline or not sources:
            break
        read_some(0.05)
    while "piped" in step and step["piped"].encode() not in output["pipe"]:
        if time.monotonic() > deadline or not sources:
            break
        read_some(0.05)
    while "until" in step and not CONDITIONS[step["until"]]() and time.monotonic() < deadline:
        read_some(0.005)
    if "text" in step:
        seen = max(seen, output["terminal"].find(step["text"].encode(), seen) + len(step["text"]))
    time.sleep(step.get("after", 0))
    os.write(master, step.get("keys", "").encode())

status = None
while status is None:
    if sources:
        read_some(0.05)
    else:
        time.sleep(0.02)
    ended, found = os.waitpid(pid, os.WNOHANG)
    if ended:
        status = found
    elif time.monotonic() > deadline:
        os.kill(pid, signal.SIGKILL)
for _ in range(20):
    if sources:
        read_some(0.02)
after = termios.tcgetattr(master) if master in sources else before
json.dump(
    {
        # An echoed ^C may stand in the middle of a character.
        "output": output["terminal"].decode(errors="replace"),
        "piped": output["pipe"].decode(),
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "cooked": before[:4] == after[:4],
    },
    sys.stdout,
)
