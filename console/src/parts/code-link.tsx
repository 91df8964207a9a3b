/** An error code, leading to what it means. */
export function CodeLink({ code }: { code: string | null }) {
  return (
    <a class="code" href={`docs/errors#${code}`} title="What this code means">
      {code}
    </a>
  )
}
