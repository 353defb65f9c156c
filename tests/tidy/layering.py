"""Who may include whom. The tables are the rule; the code only reads them."""

import re

from source import Finding

_FIRST_TIER = ['lib/base']
_CATALOGUE = _FIRST_TIER + ['lib/catalogue']
_RULES_TIER = _CATALOGUE + ['lib/calendar', 'lib/pathway', 'lib/scoring',
                             'lib/measures', 'lib/access', 'lib/directory']
_BACKEND = _FIRST_TIER + ['lib/store']
_STORAGE = ['lib/store', 'lib/registry']
_ENGINE = _RULES_TIER + ['lib/casework', 'lib/engine'] + _STORAGE

# What the code of a folder may include besides itself. A row holds for the
# folders below it that have none; 'lib' and the like stand for all below.
FOLDERS = {
    'lib/base': [],
    'lib/catalogue': _FIRST_TIER,
    'lib/calendar': _FIRST_TIER,
    'lib/pathway': _CATALOGUE,
    'lib/scoring': _CATALOGUE,
    'lib/measures': _CATALOGUE + ['lib/pathway'],
    'lib/access': _FIRST_TIER,
    'lib/directory': _FIRST_TIER,
    'lib/casework': _RULES_TIER,
    'lib/store': _FIRST_TIER,
    'lib/store/memory': _BACKEND,
    'lib/store/sqlite': _BACKEND,
    'lib/store/postgres': _BACKEND,
    'lib/registry': _FIRST_TIER,
    'lib/engine': _ENGINE,
    'lib/exchange': _ENGINE,
    'lib/picture': _ENGINE,
    'lib/api': _ENGINE,
    'lib/testing': _ENGINE + ['lib/exchange'],
    'services': ['lib', 'services'],
    'services/core': ['lib'],
    'bindings/c': ['lib', 'services/core'],
    'bindings/python': ['bindings/c'],
    'bindings/nodejs': ['bindings/c'],
    'tests': ['lib', 'services', 'bindings', 'tests'],
}

# Fakes that a unit test, and what lies in a testing/ folder for such tests, may
# use wherever its code may use what they stand for.
FAKES = {'lib/store/memory': 'lib/store'}

# Options are the remarks beside the fields of the others.
_CASE_PROTOS = ['model', 'command', 'event', 'options']

# Which proto packages the code of a folder may include.
PROTOS = {
    'lib/base': [],
    'lib/catalogue': ['model', 'options'],
    'lib/scoring': ['model', 'options'],
    'lib/measures': ['model', 'options'],
    'lib/store': ['model', 'event'],
    'lib/registry': ['model', 'event', 'command', 'options'],
    'lib/api': _CASE_PROTOS + ['api'],
    'lib/exchange': _CASE_PROTOS + ['exchange'],
    'lib/testing': _CASE_PROTOS + ['exchange'],
    'lib': _CASE_PROTOS,
    '': _CASE_PROTOS + ['api', 'exchange', 'config', 'testing'],
}

# Which packages the protos of a package may import.
PROTO_IMPORTS = {
    'options': ['model'],
    'model': ['options'],
    'command': ['model', 'options'],
    'event': ['model', 'options'],
    'exchange': ['model', 'event', 'options'],
    'api': ['model', 'command', 'event', 'options'],
    'config': ['model', 'options'],
    'testing': ['model', 'command', 'options'],
}

# Third-party headers that belong to few folders.
DRIVERS = [
    (r'(grpc|grpcpp|grpc\+\+)/', ('services/', 'tests/'), 'gRPC'),
    (r'(httplib\.h|boost/)', ('services/web/', 'tests/'), 'HTTP'),
    (r'(cjose/|jansson|curl/)', ('services/identity/', 'tests/'), 'tokens'),
    (r'sqlite3', ('lib/store/sqlite/', 'tests/'), 'SQLite'),
    (r'(libpq|postgresql)', ('lib/store/postgres/', 'tests/'), 'PostgreSQL'),
]

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.M)
_IMPORT = re.compile(r'^import (?:public )?"(careroute/(\w+)/[^"]+)";', re.M)
_OURS = ('lib/', 'services/', 'bindings/', 'tests/')


def _longest_key(table, folder):
    """The row for `folder`: its own, or that of the nearest one around it."""
    while folder and folder not in table:
        folder = folder.rpartition('/')[0]
    return folder


def _target_of(folder):
    """The folder that an internal/ folder belongs to."""
    return re.sub(r'/internal(/.*)?$', '', folder)


def _judge_ours(file, included):
    """Why `file` may not include our header `included`, or None."""
    folder = included.rpartition('/')[0]
    if included.startswith('tests/') and not file.path.startswith('tests/'):
        return 'nothing includes tests/'
    if '/internal/' in included:
        if _target_of(file.folder) != _target_of(folder):
            return f'{included} is internal to {_target_of(folder)}'
    home = _longest_key(FOLDERS, file.folder)
    if not home:
        return f'{file.folder} has no row in tests/tidy/layering.py'
    theirs = _longest_key(FOLDERS, folder)
    allowed = FOLDERS[home]
    if theirs in [home] + allowed or theirs.split('/')[0] in allowed:
        return None
    tests = file.path.endswith('_test.cc') or '/testing/' in file.path
    if tests and FAKES.get(theirs) in allowed:
        return None
    return f'{home} may include only {", ".join(allowed) or "itself"}'


def _judge_proto(file, included):
    package = included.split('/')[1]
    allowed = PROTOS[_longest_key(PROTOS, file.folder)]
    if package in allowed:
        return None
    return f'{file.folder} may not use the {package} protos'


def _judge_driver(file, included):
    for pattern, folders, name in DRIVERS:
        if re.match(pattern, included) and not file.path.startswith(folders):
            return f'{name} headers belong to {folders[0]}'
    return None


def _judge(tree, file, quote, included):
    if included.startswith('careroute/') and included.endswith('.pb.h'):
        return _judge_proto(file, included)
    if not included.startswith(_OURS):
        if quote == '"' and ('/' not in included or included.startswith('.')):
            return 'a quoted include is a full path from the root'
        return _judge_driver(file, included)
    if included not in tree:
        return f'there is no {included}'
    return _judge_ours(file, included)


def include_directions(tree):
    """C++ includes only what stands below it."""
    for file in tree.cpp():
        for match in _INCLUDE.finditer(file.without_comments()):
            problem = _judge(tree, file, match[1], match[2])
            if problem:
                yield Finding(
                    file.path, file.line_of(match.start()),
                    'include-direction', problem,
                    'see "Who may include whom" in tests/tidy/README.md')


def import_directions(tree):
    """Protos import only what stands below them."""
    for file in tree.named('.proto'):
        home = re.match(r'proto/careroute/(\w+)/', file.path)
        if not home:
            continue
        allowed = PROTO_IMPORTS.get(home[1], [])
        for match in _IMPORT.finditer(file.without_comments()):
            if match[2] not in allowed + [home[1]]:
                yield Finding(
                    file.path, file.line_of(match.start()),
                    'import-direction',
                    f'{home[1]} protos may import only '
                    f'{", ".join(allowed) or "their own"}',
                    'move the message down, or name the other by its id')
