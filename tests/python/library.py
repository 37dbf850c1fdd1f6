"""The shared library with every public function declared as the headers declare it: load(path) -> Library.

The headers are read as text, so what a test calls is what a user's compiler sees.
"""
import ctypes
import pathlib
import re

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include" / "tradestat"

SCALARS = {
    "double": ctypes.c_double, "int32_t": ctypes.c_int32, "uint8_t": ctypes.c_uint8, "uint16_t": ctypes.c_uint16,
    "uint64_t": ctypes.c_uint64, "int64_t": ctypes.c_int64, "size_t": ctypes.c_size_t,
    "trade_status": ctypes.c_int32, "char": ctypes.c_char,
}


class Parameter:
    """One parameter or field: its name, C type without const, whether it is a pointer, whether what it points at is const, and how many
    an array has."""

    def __init__(self, text):
        text = re.sub(r"\(\*(\w+)\)\(.*\)", r"*\1", " ".join(text.split()))  # a pointer to a function is like one to its result
        text, self.name, count = re.fullmatch(r"(.*?[\s*])(\w+)(?:\[(\d+)\])?", text.strip()).groups()
        self.count = int(count or 0)
        self.pointer = text.count("*")
        self.const = "const" in text.split("*")[0].split()
        self.type = re.sub(r"\bconst\b|\*", "", text).strip()


class Function:
    def __init__(self, result, name, parameters):
        self.name, self.result, self.parameters = name, result, parameters


def header_text():
    """All public headers without comments and preprocessor lines."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(INCLUDE.glob("*.h")))
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    return re.sub(r"(?m)^\s*#.*(\\\n.*)*$", "", text)


def structs(text):
    """name -> ctypes.Structure class, for every typedef struct; one that holds another may stand in a header before it."""
    found, waiting = {}, re.findall(r"typedef struct (\w+) \{(.*?)\} \1;", text, flags=re.S)
    while waiting:
        names, later = {name for name, _ in waiting}, []
        for name, body in waiting:
            fields = [Parameter(d.strip()) for d in body.split(";") if d.strip()]
            if any(f.type in names and not f.pointer for f in fields):
                later.append((name, body))
                continue
            fields = [(f.name, c_type(f.type, f.pointer, found) * f.count if f.count else c_type(f.type, f.pointer, found)) for f in fields]
            found[name] = type(name, (ctypes.Structure,), {"_fields_": fields})
        if len(later) == len(waiting):
            raise LookupError(f"structs that hold each other: {names}")
        waiting = later
    return found


def c_type(name, pointer, known):
    if pointer and name == "char":
        return ctypes.c_char_p
    if pointer and name == "void":
        return ctypes.c_void_p
    if pointer and name not in SCALARS and name not in known:
        return ctypes.c_void_p  # opaque
    base = None if name == "void" else SCALARS.get(name) or known[name]
    for _ in range(pointer):
        base = ctypes.POINTER(base)
    return base


def functions(text):
    """Every public function in the order of the headers."""
    found = []
    for head, arguments in re.findall(r"TRADE_API\s+([\w\s*]+?)\(([^)]*)\)\s*;", text):
        head = Parameter(head)
        arguments = [] if arguments.strip() == "void" else [Parameter(a) for a in arguments.split(",")]
        found.append(Function(head, head.name, arguments))
    return found


def constants():
    """Every public constant, from the enums and from #define NAME number, in the order of the headers."""
    enums = re.findall(r"enum \{(.*?)\}", header_text(), flags=re.S)
    found = [name for body in enums for name in re.findall(r"\b(TRADE_\w+)\s*(?=[=,]|$)", body.strip())]
    for path in sorted(INCLUDE.glob("*.h")):
        found += re.findall(r"(?m)^#define (TRADE_\w+) +[-\d(]", path.read_text(encoding="utf-8"))
    return found


class Library:
    def __init__(self, path):
        text = header_text()
        self.library = ctypes.CDLL(str(path))
        self.structs = structs(text)
        self.functions = functions(text)
        for f in self.functions:
            c = getattr(self.library, f.name)
            c.restype = c_type(f.result.type, f.result.pointer, self.structs)
            # An output text is a buffer, not a string.
            c.argtypes = [ctypes.c_void_p if p.type == "char" and not p.const else c_type(p.type, p.pointer, self.structs)
                          for p in f.parameters]
            setattr(self, f.name, c)
        self.__dict__.update(self.structs)


def doubles(values):
    """A C array of doubles."""
    return (ctypes.c_double * len(values))(*values)
