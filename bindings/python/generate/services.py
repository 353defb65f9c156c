"""The typed services, for callers that wait and for callers that await.

A service becomes a class, a method of it a method with the fields of its
request as keywords. Which services there are is read from the descriptors;
only the names by which a hub offers them stand here.
"""

import re
from dataclasses import dataclass

from python_types import Imports, Types, parameter_name

# Packages whose services are for callers: not those between hubs.
PACKAGES = ('careroute.api.v1',)

# A hub offers CaseService as `cases`; these have no plural.
_SINGULAR = {'audit', 'directory', 'registry'}

_TAKEN = {'self', 'request', 'timeout'}


@dataclass(frozen=True)
class Flavour:
    """What differs between the module that waits and the one that awaits."""
    caller: str
    watch: str
    define: str
    wait: str
    iterator: str
    pages: str


SYNC = Flavour(caller='Caller', watch='Watch', define='def', wait='',
               iterator='Iterator', pages='pages')
ASYNC = Flavour(caller='AsyncCaller', watch='AsyncWatch', define='async def',
                wait='await ', iterator='AsyncIterator', pages='async_pages')


def snake(name):
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()


def attribute_of(service):
    word = snake(service.removesuffix('Service'))
    return word if word in _SINGULAR else f'{word}s'


def _comments(file):
    """Comments by the path of what they explain."""
    return {tuple(one.path): ' '.join(one.leading_comments.split())
            for one in file.source_code_info.location}


def _message_comments(files):
    """Comments of fields, by full name of message and field."""
    found = {}
    for file in files.file:
        comments = _comments(file)
        for at, message in enumerate(file.message_type):
            for number, field in enumerate(message.field):
                key = (f'.{file.package}.{message.name}', field.name)
                found[key] = comments.get((4, at, 2, number), '')
    return found


class _Module:
    """One generated module, as lines."""

    def __init__(self, files, flavour):
        self._types = Types(files)
        self._imports = Imports(self._types)
        self._flavour = flavour
        self._fields = _message_comments(files)
        self._services = [
            (file, at, service) for file in files.file
            if file.package in PACKAGES
            for at, service in enumerate(file.service)]

    def text(self):
        body = []
        for file, at, service in self._services:
            body += self._service(file, at, service)
        body += self._hub()
        return '\n'.join(self._head() + body) + '\n'

    def _head(self):
        flavour = self._flavour
        return [
            '# Generated from the descriptors by bindings/python/generate.',
            'from __future__ import annotations', '',
            'import datetime',
            'from collections.abc import AsyncIterator, Iterable, Iterator,'
            ' Mapping',
            'from typing import Any', '',
            f'from careroute._callers import {flavour.caller},'
            f' {flavour.watch}, {flavour.pages}',
            'from careroute._requests import build, build_mutation',
            *self._imports.lines()]

    def _service(self, file, at, service):
        comments = _comments(file)
        lines = ['', '', f'class {service.name}:',
                 f'    """{comments.get((6, at), service.name)}"""', '',
                 f'    def __init__(self, caller: {self._flavour.caller})'
                 ' -> None:',
                 '        self._caller = caller']
        for number, method in enumerate(service.method):
            comment = comments.get((6, at, 2, number), method.name)
            full_name = f'{file.package}.{service.name}.{method.name}'
            lines += self._method(full_name, method, comment)
        return lines

    def _method(self, full_name, method, comment):
        message = self._types.message(method.input_type)
        names = {field.name: parameter_name(field, _TAKEN)
                 for field in message.field}
        lines = self._call(full_name, method, comment, names)
        fields = {field.name for field in message.field}
        if 'page_token' in fields and 'request_id' not in fields:
            lines += self._pages(method, comment, names)
        return lines

    def _signature(self, method, names, leave_out=()):
        request = self._imports.name(method.input_type)
        message = self._types.message(method.input_type)
        lines = ['        self,', f'        request: {request} | None = None,',
                 '        /,', '        *,']
        for field in message.field:
            if field.name not in leave_out:
                kind = self._types.annotation(field, self._imports)
                lines.append(f'        {names[field.name]}: {kind} | None'
                             ' = None,')
        return lines + ['        timeout: float | None = None,']

    def _docs(self, method, comment, names, leave_out=()):
        message = self._types.message(method.input_type)
        lines = [f'        """{comment}', '']
        for field in message.field:
            if field.name not in leave_out:
                text = self._fields.get((method.input_type, field.name), '')
                lines.append(f'        {names[field.name]}: {text}')
        text = '\n'.join(lines).replace('\\', '\\\\').rstrip()
        return [text, '        """']

    def _call(self, full_name, method, comment, names):
        flavour = self._flavour
        request = self._imports.name(method.input_type)
        reply = self._imports.name(method.output_type)
        streams = method.server_streaming
        result = f'{flavour.watch}[{reply}]' if streams else reply
        define = 'def' if streams else flavour.define
        wait = '' if streams else flavour.wait
        maker = 'build_mutation' if 'request_id' in names else 'build'
        return [
            '', f'    {define} {snake(method.name)}(',
            *self._signature(method, names), f'    ) -> {result}:',
            *self._docs(method, comment, names),
            f'        return {wait}self._caller.'
            f'{"watch" if streams else "unary"}(',
            f'            "{full_name}",',
            f'            {maker}({request}, request, {_values(names)}),',
            f'            {reply}, timeout)']

    def _pages(self, method, comment, names):
        """A second method that goes through all pages, row by row."""
        flavour = self._flavour
        request = self._imports.name(method.input_type)
        reply = self._types.message(method.output_type)
        rows = next(field for field in reply.field
                    if field.label == field.LABEL_REPEATED)
        row = self._types.element(rows, self._imports)
        name = snake(method.name)
        kept = {key: value for key, value in names.items()
                if key != 'page_token'}
        return [
            '', f'    def iter_{name.removeprefix("list_")}(',
            *self._signature(method, names, ('page_token',)),
            f'    ) -> {flavour.iterator}[{row}]:',
            *self._docs(method, f'Every row of {name}, page by page. '
                        f'{comment}', names, ('page_token',)),
            f'        return {flavour.pages}(',
            f'            self.{name},',
            f'            build({request}, request, {_values(kept)}),',
            f'            lambda page: page.{rows.name}, timeout)']

    def _hub(self):
        lines = ['', '', 'class Services:',
                 '    """The services of a hub."""', '',
                 f'    def __init__(self, caller: {self._flavour.caller})'
                 ' -> None:']
        for _, _, service in self._services:
            lines.append(f'        self.{attribute_of(service.name)} = '
                         f'{service.name}(caller)')
        return lines


def _values(names):
    pairs = ', '.join(f'"{key}": {value}' for key, value in names.items())
    return f'{{{pairs}}}'


def services_module(files, flavour):
    return _Module(files, flavour).text()
