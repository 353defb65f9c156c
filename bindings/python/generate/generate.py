"""Makes the generated part of the package `careroute`.

    python generate.py PROTO_ROOT OUTPUT

Messages with their stubs by protoc of grpcio-tools, one package that offers
them for each proto package, and the typed services. Nothing of it is ever
committed.
"""

import pathlib
import re
import sys
import tempfile

import grpc_tools
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from grpc_tools import protoc
from services import ASYNC, SYNC, services_module

# Ours, and in the package as it stands.
_WRITTEN_BY_HAND = {'testing'}

_PACKAGE = '''\
"""The messages of {package}: generated, read when one is asked for."""

from importlib import import_module
from typing import Any

_MODULES = {modules!r}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(
            f"module {{__name__!r}} has no attribute {{name!r}}")
    value = getattr(import_module(f"{{__name__}}.{{module}}"), name)
    globals()[name] = value
    return value
'''


def run_protoc(root, output):
    """The messages; the descriptors with their comments are the result."""
    protos = sorted(str(path.relative_to(root))
                    for path in root.glob('careroute/*/v1/*.proto'))
    well_known = pathlib.Path(grpc_tools.__file__).parent / '_proto'
    with tempfile.TemporaryDirectory() as scratch:
        found = pathlib.Path(scratch) / 'all'
        status = protoc.main([
            'protoc', f'-I{root}', f'-I{well_known}', f'--python_out={output}',
            f'--pyi_out={output}', f'--descriptor_set_out={found}',
            '--include_source_info', '--include_imports', *protos])
        if status != 0:
            sys.exit('generate: protoc did not take the protos')
        return FileDescriptorSet.FromString(found.read_bytes())


def complete_stubs(output):
    """protoc leaves some types of its stubs out, which the strict users of
    the package would be told."""
    for stub in output.glob('careroute/**/*_pb2.pyi'):
        text = re.sub(r'_Mapping(?=[\],])', '_Mapping[str, _Any]',
                      stub.read_text())
        text = text.replace('**kwargs)', '**kwargs: _Any)')
        text = re.sub(r'(?m)^(\w+): _ClassVar\[int\]', r'\1: int', text)
        text = text.replace('import ClassVar as _ClassVar',
                            'import Any as _Any, ClassVar as _ClassVar')
        stub.write_text(text)


def names_in(file):
    """What a generated module defines at its top."""
    for message in file.message_type:
        yield message.name
    for enum in file.enum_type:
        yield enum.name
        for value in enum.value:
            yield value.name
    for extension in file.extension:
        yield extension.name


def write_packages(files, output):
    """`from careroute.model.v1 import Case` instead of the module's name."""
    packages = {}
    for file in files.file:
        if file.package.startswith('careroute.'):
            module = pathlib.PurePath(file.name).stem + '_pb2'
            for name in names_in(file):
                packages.setdefault(file.package, {})[name] = module
    for package, modules in packages.items():
        folder = output / package.replace('.', '/')
        (folder / '__init__.py').write_text(
            _PACKAGE.format(package=package, modules=modules))
        (folder / '__init__.pyi').write_text(''.join(
            f'from {package}.{module} import {name} as {name}\n'
            for name, module in sorted(modules.items())))
        if folder.parent.name not in _WRITTEN_BY_HAND:
            (folder.parent / '__init__.py').write_text('')


def main():
    root, output = (pathlib.Path(one) for one in sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    files = run_protoc(root, output)
    complete_stubs(output)
    write_packages(files, output)
    for name, flavour in (('services', SYNC), ('aio_services', ASYNC)):
        (output / 'careroute' / f'{name}.py').write_text(
            services_module(files, flavour))


if __name__ == '__main__':
    main()
