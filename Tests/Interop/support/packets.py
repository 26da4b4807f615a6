"""The parts of MySQL's protocol that tell which statements a program runs."""

QUERY = 0x03
STMT_PREPARE = 0x16
STMT_EXECUTE = 0x17


def read_packet(source):
    """One packet with its header: three bytes of length, one that counts the packets of an exchange."""
    header = read_exactly(source, 4)
    if not header:
        return b""
    return header + read_exactly(source, int.from_bytes(header[:3], "little"))


def read_exactly(source, count):
    """The bytes; none when the other side has closed."""
    data = b""
    while len(data) < count:
        if not (part := source.recv(count - len(data))):
            return b""
        data += part
    return data


def statement_id(data):
    return int.from_bytes(data[:4], "little")
