"""Which private keys the Python SDK opens: reads [{bytes, passPhrase}] from stdin, prints an array of booleans."""
import base64
import json
import sys

from cryptography.hazmat.primitives import serialization


def opens(key):
    phrase = key['passPhrase'] and key['passPhrase'].encode('ascii')
    try:
        # As oci/signer.py has it: the file's bytes, stripped.
        serialization.load_pem_private_key(base64.b64decode(key['bytes']).strip(), phrase)
        return True
    except (TypeError, ValueError):
        return False


print(json.dumps([opens(key) for key in json.load(sys.stdin)]))
