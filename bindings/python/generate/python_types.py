"""What a field of a request is called and typed in Python."""

import keyword

from google.protobuf.descriptor_pb2 import (
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto,
    FileDescriptorSet)

_F = FieldDescriptorProto

_SCALARS = {
    _F.TYPE_DOUBLE: 'float', _F.TYPE_FLOAT: 'float',
    _F.TYPE_INT64: 'int', _F.TYPE_UINT64: 'int', _F.TYPE_INT32: 'int',
    _F.TYPE_UINT32: 'int', _F.TYPE_FIXED64: 'int', _F.TYPE_FIXED32: 'int',
    _F.TYPE_SFIXED64: 'int', _F.TYPE_SFIXED32: 'int', _F.TYPE_SINT64: 'int',
    _F.TYPE_SINT32: 'int', _F.TYPE_BOOL: 'bool', _F.TYPE_STRING: 'str',
    _F.TYPE_BYTES: 'bytes',
}

# What protobuf takes in place of these messages.
_ALSO = {
    '.google.protobuf.Timestamp': 'datetime.datetime',
    '.google.protobuf.Duration': 'datetime.timedelta',
}


def parameter_name(field, taken):
    """A keyword of Python, or a name that is taken, gets a line below it."""
    name = field.name
    return f'{name}_' if keyword.iskeyword(name) or name in taken else name


class Types:
    """Every type by its full name, and the imports that its users need."""

    def __init__(self, files: FileDescriptorSet):
        self._found = {}
        for file in files.file:
            for one in list(file.message_type) + list(file.enum_type):
                self._add(f'.{file.package}', one, file)

    def _add(self, scope, one, file):
        name = f'{scope}.{one.name}'
        self._found[name] = (one, file)
        if isinstance(one, DescriptorProto):
            for inner in list(one.nested_type) + list(one.enum_type):
                self._add(name, inner, file)

    def message(self, full_name):
        return self._found[full_name][0]

    def place(self, full_name):
        """The module of a type, its outermost name, and its whole name."""
        file = self._found[full_name][1]
        whole = full_name[len(file.package) + 2:]
        module = file.name.removesuffix('.proto').replace('/', '.') + '_pb2'
        return module, whole.split('.')[0], whole

    def annotation(self, field, imports):
        """What a caller may give for the field."""
        entry = self._map_entry(field)
        if entry is not None:
            key, value = (self._one(part, imports) for part in entry.field)
            return f'Mapping[{key}, {value}]'
        one = self._one(field, imports)
        if field.label == _F.LABEL_REPEATED:
            return f'Iterable[{one}]'
        return one

    def element(self, field, imports):
        """What a reader gets of one element of a repeated field."""
        if field.type in _SCALARS:
            return _SCALARS[field.type]
        return imports.name(field.type_name)

    def _map_entry(self, field):
        if field.type != _F.TYPE_MESSAGE:
            return None
        message = self.message(field.type_name)
        return message if message.options.map_entry else None

    def _one(self, field, imports):
        if field.type in _SCALARS:
            return _SCALARS[field.type]
        name = imports.name(field.type_name)
        if isinstance(self.message(field.type_name), EnumDescriptorProto):
            return f'{name} | str'
        also = _ALSO.get(field.type_name)
        return ' | '.join(filter(None, [name, also, 'Mapping[str, Any]']))


class Imports:
    """The imports of one generated module. Two types of one name are told
    apart by their packages: `CommandFact`, `ModelFact`."""

    def __init__(self, types: Types):
        self._types = types
        self._taken = {}    # name in the module -> (module, outermost)

    def name(self, full_name):
        module, outermost, whole = self._types.place(full_name)
        name = outermost
        if self._taken.setdefault(name, (module, outermost)) != (
                module, outermost):
            name = module.split('.')[1].capitalize() + outermost
            self._taken[name] = (module, outermost)
        return name + whole[len(outermost):]

    def lines(self):
        for name, (module, outermost) in sorted(self._taken.items(),
                                                key=lambda row: row[1]):
            alias = '' if name == outermost else f' as {name}'
            yield f'from {module} import {outermost}{alias}'
