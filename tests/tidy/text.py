"""Rules about the text of one file: sizes, spaces, words."""

import re

from functions import cpp_functions, python_functions
from source import CPP, Finding

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 60
COLUMNS_MAX = 80

_CODE = CPP + ('.proto', '.py', '.js', '.ts', '.cmake', 'CMakeLists.txt',
               'dev', '.sh')
# An option in brackets after a proto field has no good place to break.
_FORMATTED = tuple(ending for ending in _CODE if ending != '.proto')

# Written in two pieces, so that this file passes its own rules.
_LEFT_OPEN = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK)\b')
_MACHINE_PATH = re.compile(r'(?<![\w./:~$}*-])/(wo' r'rk|ro' r'ot|ho' r'me)/')
_NOLINT_FAULT = re.compile(
    r'NOLINT(?!END\([\w.,-]+\)|(NEXTLINE|BEGIN)?\([\w.,-]+\): \S)')


def file_length(tree):
    for file in tree.named(*_CODE):
        length = file.text.count('\n')
        if length > FILE_LINES_MAX:
            yield Finding(file.path, FILE_LINES_MAX + 1, 'file-length',
                          f'{length} lines, {FILE_LINES_MAX} are allowed',
                          'split it: one idea a file')


def function_length(tree):
    measured = [(file, cpp_functions(file)) for file in tree.cpp()]
    measured += [(file, python_functions(file)) for file in tree.named('.py')]
    for file, functions in measured:
        for function in functions:
            if function.length > FUNCTION_LINES_MAX:
                yield Finding(file.path, function.first_line,
                              'function-length',
                              f'{function.length} lines, '
                              f'{FUNCTION_LINES_MAX} are allowed',
                              'name its parts and call them')


def columns(tree):
    for file in tree.named(*_FORMATTED):
        for number, line in enumerate(file.lines, 1):
            # What nobody can break: an include, or an address.
            if re.match(r'\s*#\s*(include|ifndef|define|endif)\b|.*https?://',
                        line):
                continue
            if len(line) > COLUMNS_MAX:
                yield Finding(file.path, number, 'columns',
                              f'{len(line)} columns, {COLUMNS_MAX} are '
                              'allowed', 'break the line')


def white_space(tree):
    for file in tree:
        for number, line in enumerate(file.lines, 1):
            if line != line.rstrip():
                yield Finding(file.path, number, 'white-space',
                              'white space at the end of the line',
                              'remove it')
        if file.text and not file.text.endswith('\n'):
            yield Finding(file.path, len(file.lines), 'white-space',
                          'no line feed at the end of the file', 'add it')


def left_open(tree):
    for file in tree:
        for number, line in enumerate(file.lines, 1):
            match = _LEFT_OPEN.search(line)
            if match:
                yield Finding(file.path, number, 'left-open', match[0],
                              'do it now, or leave the part out')


def machine_paths(tree):
    for file in tree:
        for number, line in enumerate(file.lines, 1):
            match = _MACHINE_PATH.search(line)
            if match:
                yield Finding(file.path, number, 'machine-path',
                              f'{match[0]} is a place on one machine',
                              'name it from the root of the repository')


def nolint_reasons(tree):
    for file in tree.cpp():
        for number, line in enumerate(file.lines, 1):
            if _NOLINT_FAULT.search(line):
                yield Finding(file.path, number, 'nolint-reason',
                              'a NOLINT without check or reason',
                              'write NOLINT(the-check): why')
