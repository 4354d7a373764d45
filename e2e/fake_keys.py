"""Keys and signatures of the fake gateways."""

import base64
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID


def new_key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_text(key: RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_text(key: RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def write_secret(path: Path, text: str) -> str:
    """Writes a file that only its owner can read, and returns its path."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
    path.chmod(0o400)
    return str(path)


def sign(key: RSAPrivateKey, message: bytes, digest: hashes.HashAlgorithm | None = None) -> str:
    return base64.b64encode(key.sign(message, padding.PKCS1v15(), digest or hashes.SHA256())).decode()


def is_signed(key: RSAPublicKey, signature: str, message: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), message, padding.PKCS1v15(), hashes.SHA256())
        return True
    except Exception:
        return False


def certificate(key: RSAPrivateKey, first_day: int, last_day: int) -> tuple[str, str]:
    """The number and the PEM text of a certificate that holds from and to so many days from now."""
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fake gateway")])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=first_day))
        .not_valid_after(now + timedelta(days=last_day))
        .sign(key, hashes.SHA256())
    )
    digits = f"{made.serial_number:X}"
    return digits.zfill(len(digits) + len(digits) % 2), made.public_bytes(Encoding.PEM).decode()
