"""Computes what chunks and user secrets look like under the RSA policies, with Python's cryptography package.

Run it in this folder: python3 make_vectors.py > vectors.json
"""
import hashlib, hmac, json, os, struct
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEYS = "../../../TestKit/Keys/rsa%d-%s.pem"
PREFIX = "http://opcfoundation.org/UA/SecurityPolicy#"
SHA1_OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
SHA256_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
POLICIES = {
    # name: (signature padding, encryption padding, bytes lost per block, encryption key length)
    "Basic256Sha256": (padding.PKCS1v15(), SHA1_OAEP, 42, 32),
    "Aes128_Sha256_RsaOaep": (padding.PKCS1v15(), SHA1_OAEP, 42, 16),
    "Aes256_Sha256_RsaPss": (padding.PSS(padding.MGF1(hashes.SHA256()), 32), SHA256_OAEP, 66, 32),
}


def key(bits, name):
    with open(KEYS % (bits, name), "rb") as f:
        return serialization.load_pem_private_key(f.read(), None)


def thumbprint(bits, name):
    with open(KEYS.replace(".pem", ".crt") % (bits, name), "rb") as f:
        return x509.load_pem_x509_certificate(f.read()).fingerprint(hashes.SHA1())


def p_sha256(secret, seed, length):
    out, a = b"", seed
    while len(out) < length:
        a = hmac.new(secret, a, hashlib.sha256).digest()
        out += hmac.new(secret, a + seed, hashlib.sha256).digest()
    return out[:length]


def aes_cbc(key_bytes, iv, data):
    encryptor = Cipher(algorithms.AES(key_bytes), modes.CBC(iv)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def rsa_blocks(private, pad, overhead, data):
    public = private.public_key()
    size = public.key_size // 8 - overhead
    return b"".join(public.encrypt(data[i:i + size], pad) for i in range(0, len(data), size))


def message(kind, prefix, size):
    return kind + b"F" + struct.pack("<I", size) + prefix


def symmetric(policy, secret, seed, content, encrypt):
    enc_length = POLICIES[policy][3]
    material = p_sha256(secret, seed, 32 + enc_length + 16)
    sign, enc, iv = material[:32], material[32:32 + enc_length], material[32 + enc_length:]
    prefix = struct.pack("<II", 0x11223344, 7)
    if not encrypt:
        head = message(b"MSG", prefix, 16 + len(content) + 32)
        return head + content + hmac.new(sign, head + content, hashlib.sha256).digest()
    pad = -(len(content) + 1 + 32) % 16
    plain = content + bytes([pad]) * (pad + 1)
    head = message(b"MSG", prefix, 16 + len(plain) + 32)
    plain += hmac.new(sign, head + plain, hashlib.sha256).digest()
    return head + aes_cbc(enc, iv, plain)


def asymmetric(policy, sender, receiver, content):
    sig_pad, enc_pad, overhead, _ = POLICIES[policy]
    block = receiver.key_size // 8
    plain_block = block - overhead
    fields = 2 if block > 256 else 1
    sig_size = sender.key_size // 8
    pad = -(len(content) + fields + sig_size) % plain_block
    footer = bytes([pad & 0xFF]) * (pad + 1) + (bytes([pad >> 8]) if fields == 2 else b"")
    size = (len(content) + len(footer) + sig_size) // plain_block * block
    prefix = b"header of any length"
    head = message(b"OPN", prefix, 8 + len(prefix) + size)
    signature = sender.sign(head + content + footer, sig_pad, hashes.SHA256())
    return head + rsa_blocks(receiver, enc_pad, overhead, content + footer + signature)


def legacy_secret(policy, receiver, secret, nonce):
    _, enc_pad, overhead, _ = POLICIES[policy]
    return rsa_blocks(receiver, enc_pad, overhead, struct.pack("<I", len(secret) + len(nonce)) + secret + nonce)


def byte_string(data):
    return struct.pack("<i", len(data)) + data


def encrypted_secret(policy, receiver, certificate_hash, secret, nonce):
    _, enc_pad, overhead, enc_length = POLICIES[policy]
    sign, enc, iv = os.urandom(32), os.urandom(enc_length), os.urandom(16)
    key_data = rsa_blocks(receiver, enc_pad, overhead, byte_string(sign) + byte_string(enc) + byte_string(iv))
    payload = byte_string(nonce) + byte_string(secret)
    pad = -(len(payload) + 2) % 16
    payload += bytes([pad]) * pad + struct.pack("<H", pad)
    rest = byte_string((PREFIX + policy).encode()) + byte_string(certificate_hash) + struct.pack("<q", 0)
    rest += struct.pack("<H", len(key_data)) + key_data + aes_cbc(enc, iv, payload)
    whole = bytes.fromhex("0100894401") + struct.pack("<I", len(rest) + 32) + rest
    return whole + hmac.new(sign, whole, hashlib.sha256).digest()


client_nonce, server_nonce = bytes(range(1, 33)), bytes(range(101, 133))
vectors = {"pSha256": [], "symmetric": [], "asymmetric": [], "secrets": []}
for length in (16, 32, 80, 100):
    vectors["pSha256"].append({
        "secret": b"secret".hex(), "seed": b"the seed".hex(), "output": p_sha256(b"secret", b"the seed", length).hex()})
for policy in POLICIES:
    for encrypt in (False, True):
        for length in (8, 9, 20, 23, 24, 31, 32, 500):
            content = bytes(i % 251 for i in range(length))
            vectors["symmetric"].append({
                "policy": policy, "mode": "SignAndEncrypt" if encrypt else "Sign",
                "clientNonce": client_nonce.hex(), "serverNonce": server_nonce.hex(), "content": content.hex(),
                "fromClient": symmetric(policy, server_nonce, client_nonce, content, encrypt).hex(),
                "fromServer": symmetric(policy, client_nonce, server_nonce, content, encrypt).hex()})
    for sender_bits, receiver_bits in ((2048, 2048), (2048, 4096), (4096, 2048), (3072, 3072), (3072, 4096)):
        content = bytes(i % 251 for i in range(132))
        vectors["asymmetric"].append({
            "policy": policy, "senderBits": sender_bits, "receiverBits": receiver_bits, "headerLength": 28,
            "content": content.hex(), "chunk": asymmetric(policy, key(sender_bits, "a"), key(receiver_bits, "b"), content).hex()})
    for bits in (2048, 4096):
        for secret in ("", "pass", "a longer password with \u00fcmlauts, longer than one block of RSA with OAEP and SHA-256: " + "x" * 150):
            vectors["secrets"].append({
                "policy": policy, "bits": bits, "secret": secret, "nonce": server_nonce.hex(),
                "legacy": legacy_secret(policy, key(bits, "b"), secret.encode(), server_nonce).hex(),
                "encryptedSecret": encrypted_secret(policy, key(bits, "b"), thumbprint(bits, "b"), secret.encode(), server_nonce).hex()})
print(json.dumps(vectors, indent=1))
