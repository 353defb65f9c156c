"""Which protobuf this process has."""

from google.protobuf.internal import api_implementation


def require_independent_protobuf() -> None:
    """The core has C++ messages of its own in libprotobuf. Debian's Python
    protobuf 3.21 uses the same library: messages of one name would be one, or
    end the process, by the order of imports."""
    if api_implementation.Type() == "cpp":
        raise ImportError(
            "careroute cannot share libprotobuf with this Python's protobuf "
            "(its C++ implementation, Debian's python3-protobuf): make a "
            "virtual environment and `pip install 'protobuf>=6.31.1,<8'` in it")
