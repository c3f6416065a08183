"""Makes docs/formats/vectors/sealing.json with the Python package `cryptography`, from docs/formats/sealing.md alone.

python3 trust/seal/src/test/vectors/sealing.py > docs/formats/vectors/sealing.json
"""

import hashlib
import hmac
import json
import struct
import uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT, SUITE = 1, 1


def stream(label, length):
    """Bytes that look random and are the same in every run."""
    out, count = b"", 0
    while len(out) < length:
        out += hashlib.sha256(f"{label}/{count}".encode()).digest()
        count += 1
    return out[:length]


def seal(key, nonce, plaintext, associated):
    return nonce + AESGCM(key).encrypt(nonce, plaintext, associated)


def context(role, epoch, place):
    return (
        b"holdfast-seal"
        + role
        + bytes([FORMAT, SUITE])
        + struct.pack(">I", epoch)
        + uuid.UUID(place["tenant"]).bytes
        + uuid.UUID(place["id"]).bytes
        + struct.pack(">I", place["version"])
        + place["kind"].encode()
    )


def sealed_value(name, tenant_key, epoch, place, plaintext):
    data_key = stream(name + "/data-key", 32)
    wrapped = seal(tenant_key, stream(name + "/n1", 12), data_key, context(b"k", epoch, place))
    value = seal(data_key, stream(name + "/n2", 12), plaintext, context(b"v", 0, place))
    return bytes([FORMAT, SUITE]) + struct.pack(">I", epoch) + wrapped + value


def case(name, epoch, place, plaintext, change=None, at=None):
    key = stream("tenant-key/" + place["tenant"], 32)
    sealed = sealed_value(name, key, epoch, place, plaintext)
    out = {"name": name, "tenantKey": key.hex(), **(at or place)}
    if change is None and at is None:
        out["plaintext"] = plaintext.hex()
    if change is not None:
        sealed = change(sealed)
    out["sealed"] = sealed.hex()
    return out


def flipped(index):
    def change(sealed):
        changed = bytearray(sealed)
        changed[index] ^= 1
        return bytes(changed)

    return change


A = "018f3a51-0000-7000-8000-00000000000a"
B = "018f3a51-0000-7000-8000-00000000000b"
place = {"tenant": A, "kind": "vcf-credential", "id": "018f3a52-1111-7222-8333-444455556666", "version": 7}


def elsewhere(**changes):
    return {**place, **changes}


root = stream("root", 32)
opener = stream("opener", 32)
tenant_key = stream("tenant-key/" + A, 32)
fingerprint_base = stream("fingerprint/" + A, 32)
purpose = "infrastructure.value"
fingerprint_key = HKDF(hashes.SHA256(), 32, None, purpose.encode()).derive(fingerprint_base)

print(json.dumps({
    "comment": "python3 trust/seal/src/test/vectors/sealing.py > docs/formats/vectors/sealing.json",
    "opens": [
        case("empty", 1, elsewhere(version=1), b""),
        case("password", 1, place, b"correct horse battery staple"),
        case("later-epoch", 300, place, "pässwörd ☃".encode()),
        case("binary", 2, elsewhere(kind="totp-seed"), stream("binary", 1000)),
        case("highest-numbers", 0x7FFFFFFF, elsewhere(version=0x7FFFFFFF, kind="x"), b"x"),
    ],
    "refused": [
        case("other-tenant", 1, place, b"v", at=elsewhere(tenant=B)),
        case("other-kind", 1, place, b"v", at=elsewhere(kind="vcf-credentials")),
        case("other-id", 1, place, b"v", at=elsewhere(id="018f3a52-1111-7222-8333-444455556667")),
        case("other-version", 1, place, b"v", at=elsewhere(version=8)),
        case("format-changed", 1, place, b"v", flipped(0)),
        case("suite-changed", 1, place, b"v", flipped(1)),
        case("epoch-changed", 2, place, b"v", flipped(5)),
        case("wrapped-key-changed", 1, place, b"v", flipped(30)),
        case("value-changed", 1, place, b"v", flipped(78)),
        case("tag-changed", 1, place, b"v", flipped(-1)),
        case("cut-short", 1, place, b"v", lambda sealed: sealed[:-1]),
        case("too-long", 1, place, b"v", lambda sealed: sealed + b"\0"),
        case("nothing", 1, place, b"v", lambda sealed: b""),
    ],
    "tenantKey": {
        "root": root.hex(),
        "tenant": A,
        "purpose": "wrap",
        "epoch": 3,
        "key": tenant_key.hex(),
        "wrapped": seal(root, stream("n3", 12), tenant_key, f"holdfast-tenant-key/1/{A}/wrap/3".encode()).hex(),
    },
    "rootKey": {
        "opener": opener.hex(),
        "method": "key-file",
        "generation": 1,
        "root": root.hex(),
        "wrapped": seal(opener, stream("n4", 12), root, b"holdfast-root/1/key-file/1").hex(),
    },
    "fingerprint": {
        "base": fingerprint_base.hex(),
        "purpose": purpose,
        "value": b"hunter2".hex(),
        "fingerprint": hmac.new(fingerprint_key, b"hunter2", hashlib.sha256).hexdigest(),
    },
    "serviceKey": {
        "root": root.hex(),
        "purpose": "session-cookie",
        "key": HKDF(hashes.SHA256(), 48, b"holdfast-service-key/1", b"session-cookie").derive(root).hex(),
    },
}, indent=2))
