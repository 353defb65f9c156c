"""Planted violations: every rule must see its own, and nothing else.

A row is (name, files, expected findings as (path, line, rule)). The files of a
row stand beside those of `_HOUSE`, which are clean.
"""

import os
import subprocess
import sys
import tempfile
import unittest

import tidy
from source import Tree, read_tree

_HOUSE = {
    'CMakeLists.txt': 'project(careroute)\n',
    'lib/base/CMakeLists.txt': 'add(base clock.cc)\n',
    'lib/base/README.md': '# lib/base\n',
    'lib/base/clock.h':
        '#ifndef CAREROUTE_LIB_BASE_CLOCK_H_\n'
        '#define CAREROUTE_LIB_BASE_CLOCK_H_\n'
        '#endif\n',
    'lib/base/clock.cc': '#include "lib/base/clock.h"\n',
}


def _source(path, text):
    """One C++ source with its CMakeLists.txt and README.md."""
    folder, name = path.rsplit('/', 1)
    return {path: text,
            f'{folder}/CMakeLists.txt': f'add(clock.cc {name})\n',
            f'{folder}/README.md': '# folder\n'}


def _header(path, text=''):
    guard = 'CAREROUTE_' + path.replace('/', '_').replace('.', '_').upper()
    return {path: f'#ifndef {guard}_\n#define {guard}_\n{text}#endif\n'}


def _including(path, included, *headers):
    """A source that includes one header; `headers` exist as well."""
    files = _source(path, f'#include "{included}"\n')
    for header in headers:
        files |= _header(header)
        files[header.rsplit('/', 1)[0] + '/README.md'] = '# folder\n'
    return files


def _banned(code, path='lib/base/clock.cc'):
    return _HOUSE | _source(path, f'{code}\n')


_LONG_BODY = '  Call();\n' * 58
_INCLUDE = 'include-direction'
_BASE = 'lib/base/clock.cc'

INCLUDE_ROWS = [
    ('a lower library',
     _including('lib/casework/a.cc', 'lib/base/clock.h'), []),
    ('a higher library',
     _including(_BASE, 'lib/casework/b.h', 'lib/casework/b.h'),
     [(_BASE, 1, _INCLUDE)]),
    ('a library of the same tier',
     _including('lib/scoring/a.cc', 'lib/access/b.h', 'lib/access/b.h'),
     [('lib/scoring/a.cc', 1, _INCLUDE)]),
    ('casework the store',
     _including('lib/casework/a.cc', 'lib/store/b.h', 'lib/store/b.h'),
     [('lib/casework/a.cc', 1, _INCLUDE)]),
    ('the engine the store',
     _including('lib/engine/a.cc', 'lib/store/b.h', 'lib/store/b.h'), []),
    ('the engine a backend',
     _including('lib/engine/a.cc', 'lib/store/sqlite/b.h',
                'lib/store/sqlite/b.h'),
     [('lib/engine/a.cc', 1, _INCLUDE)]),
    ('a test of the engine the fake of the store',
     _including('lib/engine/a_test.cc', 'lib/store/memory/b.h',
                'lib/store/memory/b.h'), []),
    ('the engine the fake of the store',
     _including('lib/engine/a.cc', 'lib/store/memory/b.h',
                'lib/store/memory/b.h'),
     [('lib/engine/a.cc', 1, _INCLUDE)]),
    ('a test of the engine a backend that is no fake',
     _including('lib/engine/a_test.cc', 'lib/store/sqlite/b.h',
                'lib/store/sqlite/b.h'),
     [('lib/engine/a_test.cc', 1, _INCLUDE)]),
    ('the exchange the engine',
     _including('lib/exchange/a.cc', 'lib/engine/b.h', 'lib/engine/b.h'), []),
    ('the exchange the api',
     _including('lib/exchange/a.cc', 'lib/api/b.h', 'lib/api/b.h'),
     [('lib/exchange/a.cc', 1, _INCLUDE)]),
    ('the api the exchange',
     _including('lib/api/a.cc', 'lib/exchange/b.h', 'lib/exchange/b.h'),
     [('lib/api/a.cc', 1, _INCLUDE)]),
    ('a test of casework the fake of the store',
     _including('lib/casework/a_test.cc', 'lib/store/memory/b.h',
                'lib/store/memory/b.h'),
     [('lib/casework/a_test.cc', 1, _INCLUDE)]),
    ('a backend the contract',
     _including('lib/store/sqlite/a.cc', 'lib/store/b.h', 'lib/store/b.h'),
     []),
    ('the contract a backend',
     _including('lib/store/a.cc', 'lib/store/sqlite/b.h',
                'lib/store/sqlite/b.h'),
     [('lib/store/a.cc', 1, _INCLUDE)]),
    ('one backend another',
     _including('lib/store/sqlite/a.cc', 'lib/store/memory/b.h',
                'lib/store/memory/b.h'),
     [('lib/store/sqlite/a.cc', 1, _INCLUDE)]),
    ('a library a service',
     _including('lib/api/a.cc', 'services/grpc/b.h', 'services/grpc/b.h'),
     [('lib/api/a.cc', 1, _INCLUDE)]),
    ('a service a library',
     _including('services/hub/a.cc', 'lib/base/clock.h'), []),
    ('a test of lib something of tests',
     _including('lib/base/clock.cc', 'tests/support/b.h',
                'tests/support/b.h'),
     [(_BASE, 1, _INCLUDE)]),
    ('its own internal',
     _including('lib/api/a.cc', 'lib/api/internal/b.h',
                'lib/api/internal/b.h'), []),
    ('internal its own public header',
     _including('lib/api/internal/a.cc', 'lib/api/b.h', 'lib/api/b.h'), []),
    ("another's internal",
     _including('tests/sim/a.cc', 'lib/api/internal/b.h',
                'lib/api/internal/b.h'),
     [('tests/sim/a.cc', 1, _INCLUDE)]),
    ("a sub-folder its parent's internal",
     _including('lib/store/sqlite/a.cc', 'lib/store/internal/b.h',
                'lib/store/internal/b.h'),
     [('lib/store/sqlite/a.cc', 1, _INCLUDE)]),
    ('what is not there',
     _including(_BASE, 'lib/base/gone.h'), [(_BASE, 1, _INCLUDE)]),
    ('a neighbour without its path',
     _including(_BASE, 'clock.h'), [(_BASE, 1, _INCLUDE)]),
    ('a path that climbs',
     _including(_BASE, '../base/clock.h'), [(_BASE, 1, _INCLUDE)]),
    ('a folder without a row',
     _including('lib/other/a.cc', 'lib/base/clock.h'),
     [('lib/other/a.cc', 1, _INCLUDE)]),
    ('gRPC in a library',
     _including('lib/api/a.cc', 'grpcpp/grpcpp.h'),
     [('lib/api/a.cc', 1, _INCLUDE)]),
    ('gRPC in its door',
     _including('services/grpc/a.cc', 'grpcpp/grpcpp.h'), []),
    ('SQLite in the engine',
     _source('lib/engine/a.cc', '#include <sqlite3.h>\n'),
     [('lib/engine/a.cc', 1, _INCLUDE)]),
    ('SQLite in its backend',
     _source('lib/store/sqlite/a.cc', '#include <sqlite3.h>\n'), []),
    ('model protos in the heart',
     _including('lib/casework/a.cc', 'careroute/model/v1/case.pb.h'), []),
    ('api protos below the api',
     _including('lib/engine/a.cc', 'careroute/api/v1/case_service.pb.h'),
     [('lib/engine/a.cc', 1, _INCLUDE)]),
    ('exchange protos in the exchange',
     _including('lib/exchange/a.cc', 'careroute/exchange/v1/envelope.pb.h'),
     []),
    ('exchange protos in the engine',
     _including('lib/engine/a.cc', 'careroute/exchange/v1/envelope.pb.h'),
     [('lib/engine/a.cc', 1, _INCLUDE)]),
    ('command protos in the store',
     _including('lib/store/a.cc', 'careroute/command/v1/case.pb.h'),
     [('lib/store/a.cc', 1, _INCLUDE)]),
    ('protos in base',
     _including(_BASE, 'careroute/model/v1/case.pb.h'),
     [(_BASE, 1, _INCLUDE)]),
    ('what a comment names', _source(_BASE, '// #include "gone.h"\n'), []),
]

NAME_ROWS = [
    (name, _banned(code), [(_BASE, 1, 'banned-name')]) for name, code in [
        ('std::string_view', 'std::string_view a;'),
        ('its header', '#include <string_view>'),
        ('absl::Mutex', 'absl::Mutex mutex;'),
        ("Abseil's mutex header", '#include "absl/synchronization/mutex.h"'),
        ('std::mutex', 'std::mutex mutex;'),
        ('std::lock_guard', 'std::lock_guard lock(mutex);'),
        ('absl::Now', 'auto now = absl::Now();'),
        ('chrono clocks', 'std::chrono::steady_clock::now();'),
        ('absl::GetCurrentTimeNanos', 'absl::GetCurrentTimeNanos();'),
        ('time of the C library', 'std::time(nullptr);'),
        ('random_device', 'std::random_device device;'),
        ('standard generators', 'std::mt19937 generator;'),
        ('rand', 'int a = rand();'),
        ('absl::SleepFor', 'absl::SleepFor(second);'),
        ('sleep', 'sleep(1);'),
        ('sleep_for', 'std::this_thread::sleep_for(second);'),
        ('getenv', 'const char* home = std::getenv(name);'),
        ('threads', 'std::thread thread(run);'),
        ('value of an optional', 'int a = found.value();'),
        ('value through an arrow', 'int a = found->value();'),
    ]
] + [
    ('in a comment', _banned('// std::string_view, absl::Now()'), []),
    ('in a block comment', _banned('/* getenv(\n sleep(1) */'), []),
    ('in a literal', _banned('const char* a = "getenv( sleep(1)";'), []),
    ('in a raw literal', _banned('auto a = R"x(std::thread)x";'), []),
    ('after a digit separator',
     _banned("int a = 1'000; std::mutex m; char b = 'c';"),
     [(_BASE, 1, 'banned-name')]),
    ('part of a longer name', _banned('Asleep(1); MyGetenv_getenvs(a);'), []),
    ('a member called sleep', _banned('bed.sleep(1); bed->sleep(2);'), []),
    ('time in real_*',
     _HOUSE | _source('lib/base/real_clock.cc', 'absl::Now();\n'), []),
    ('threads in a test',
     _banned('std::thread thread(run);', 'lib/base/clock_test.cc'), []),
    ('threads in a service',
     _banned('std::thread thread(run);', 'services/hub/a.cc'), []),
    ('a mutex in its own file',
     _HOUSE | _header('lib/base/mutex.h', 'std::mutex mutex_;\n'), []),
    ('the accessor of a message',
     _banned('#include "careroute/model/v1/fact.pb.h"\nUse(fact.value());',
             'lib/pathway/a.cc'), []),
    ('the accessor of a message seen through a header',
     _banned('#include "lib/pathway/b.h"\nUse(fact->value());',
             'lib/pathway/a.cc') |
     _header('lib/pathway/b.h',
             '#include "careroute/model/v1/fact.pb.h"\n'), []),
    ('value of a declared StatusOr beside messages',
     _banned('#include "careroute/model/v1/fact.pb.h"\n'
             'const absl::StatusOr<A> loaded = Load();\n'
             'Use(loaded.value());', 'lib/pathway/a.cc'),
     [('lib/pathway/a.cc', 3, 'banned-name')]),
    ('value of a moved StatusOr beside messages',
     _banned('#include "careroute/model/v1/fact.pb.h"\n'
             'Use(std::move(loaded).value());', 'lib/pathway/a.cc'),
     [('lib/pathway/a.cc', 2, 'banned-name')]),
    ('value_or', _banned('int a = found.value_or(1);'), []),
]

LENGTH_ROWS = [
    ('a file of 500 lines', _banned('// a\n' * 499 + '// a'), []),
    ('a file of 501 lines', _banned('// a\n' * 500 + '// a'),
     [(_BASE, 501, 'file-length')]),
    ('a function of 60 lines', _banned(f'void F() {{\n{_LONG_BODY}}}'), []),
    ('a function of 61 lines',
     _banned(f'// what\nvoid F() {{\n{_LONG_BODY}  Call();\n}}'),
     [(_BASE, 2, 'function-length')]),
    ('a method of 61 lines',
     _banned(f'class A {{\n public:\n  int F() const {{\n{_LONG_BODY}'
             '  Call();\n  }\n};'),
     [(_BASE, 3, 'function-length')]),
    ('a test of 61 lines',
     _banned(f'TEST(A, DoesB) {{\n{_LONG_BODY}  Call();\n}}'),
     [(_BASE, 1, 'function-length')]),
    ('an operator of 61 lines',
     _banned(f'bool operator==(A a, A b) {{\n{_LONG_BODY}  Call();\n}}'),
     [(_BASE, 1, 'function-length')]),
    ('a constructor of 61 lines',
     _banned(f'A::A(int a)\n    : a_(a) {{\n{_LONG_BODY}}}'),
     [(_BASE, 1, 'function-length')]),
    ('a lambda of 61 lines',
     _banned(f'const auto kF = [](int a) {{\n{_LONG_BODY}  Call();\n}};'),
     [(_BASE, 1, 'function-length')]),
    ('a long class of short functions',
     _banned('class A {\n' + '  int F() { return 1; }\n' * 99 + '};'), []),
    ('a long table',
     _banned('const Row kRows[] = {\n' + '    {"a", F(1), {2}},\n' * 99 +
             '};'), []),
    ('a long argument list',
     _banned('INSTANTIATE(A, ValuesIn<Row>({\n' + '    {"a", 1},\n' * 99 +
             '}));'), []),
    ('braces in literals and comments',
     _banned('void F() {\n  Call("}", \'}\');  // }\n' + _LONG_BODY + '}'),
     [(_BASE, 1, 'function-length')]),
    ('a Python function of 61 lines',
     _HOUSE | {'a.py': 'def f():\n' + '    call()\n' * 60},
     [('a.py', 1, 'function-length')]),
]

TEXT_ROWS = [
    ('81 columns', _banned('//' + 'a' * 79), [(_BASE, 1, 'columns')]),
    ('80 columns of Cyrillic', _banned('//' + 'я' * 78), []),
    ('a long include',
     _banned('#include "absl/' + 'a' * 80 + '.h"'), []),
    ('a long address', _banned('// https://' + 'a' * 80), []),
    ('a space at the end', _banned('int a; '), [(_BASE, 1, 'white-space')]),
    ('a carriage return', _banned('int a;\r'), [(_BASE, 1, 'white-space')]),
    ('no last line feed', _HOUSE | {'a.md': 'text'},
     [('a.md', 1, 'white-space')]),
    ('work left open', _HOUSE | {'a.md': 'a\nTO' 'DO: b\n'},
     [('a.md', 2, 'left-open')]),
    ('work left open in code', _banned('// FIX' 'ME'),
     [(_BASE, 1, 'left-open')]),
    ('a template for mkstemp', _banned('Make("fileXXXXX' 'X");'), []),
    ("one machine's path", _HOUSE | {'a.md': 'see /ho' 'me/a\n'},
     [('a.md', 1, 'machine-path')]),
    ('a path inside an address', _HOUSE | {'a.md': 'https://a.org/ho' 'me/\n'},
     []),
    ('a bare NOLINT', _banned('int a;  // NOLINT'),
     [(_BASE, 1, 'nolint-reason')]),
    ('a NOLINT without reason', _banned('int a;  // NOLINT(google-x)'),
     [(_BASE, 1, 'nolint-reason')]),
    ('a NOLINT with both',
     _banned('// NOLINTNEXTLINE(google-x): the caller is C.\nint a;'), []),
    ('a NOLINT block',
     _banned('// NOLINTBEGIN(a-b): why\nint a;\n// NOLINTEND(a-b)'), []),
]

LAYOUT_ROWS = [
    ('a folder without README',
     {'lib/api/CMakeLists.txt': 'a.cc\n', 'lib/api/a.cc': ''},
     [('lib/api/README.md', 1, 'readme')]),
    ('an internal folder without README',
     _HOUSE | _header('lib/base/internal/a.h'), []),
    ('an include folder without README',
     _HOUSE | _header('lib/base/include/careroute/a.h'), []),
    ('a README of 41 lines', _HOUSE | {'lib/base/README.md': 'a\n' * 41},
     [('lib/base/README.md', 41, 'readme-length')]),
    ('a source in no list',
     _HOUSE | {'lib/base/lock.cc': ''},
     [('lib/base/lock.cc', 1, 'dead-file')]),
    ('a source whose name ends another',
     _HOUSE | {'lib/base/ock.cc': '',
               'lib/base/CMakeLists.txt': 'clock.cc\n'},
     [('lib/base/ock.cc', 1, 'dead-file')]),
    ('a source named from the folder above',
     _HOUSE | {'lib/base/internal/a.cc': '',
               'lib/base/CMakeLists.txt': 'clock.cc internal/a.cc\n'}, []),
    ('a proto in no list',
     {'proto/a.proto': '', 'proto/README.md': '# proto\n'},
     [('proto/a.proto', 1, 'dead-file')]),
    ('a header without guard', _HOUSE | {'lib/base/a.h': 'int a;\n'},
     [('lib/base/a.h', 1, 'header-guard')]),
    ('a header with the guard of another',
     _HOUSE | {'lib/base/a.h': _HOUSE['lib/base/clock.h']},
     [('lib/base/a.h', 1, 'header-guard')]),
]


def _proto(path, imported):
    return {path: f'import "{imported}";\n',
            path.rsplit('/', 1)[0] + '/README.md': '# protos\n',
            'CMakeLists.txt': path + '\n'}


_EVENT = 'proto/careroute/event/v1/a.proto'
_API = 'proto/careroute/api/v1/a.proto'

IMPORT_ROWS = [
    ('an event the model', _proto(_EVENT, 'careroute/model/v1/b.proto'), []),
    ('a service a command', _proto(_API, 'careroute/command/v1/b.proto'), []),
    ('an event a service', _proto(_EVENT, 'careroute/api/v1/b.proto'),
     [(_EVENT, 1, 'import-direction')]),
    ("Google's own", _proto(_EVENT, 'google/protobuf/timestamp.proto'), []),
]

_TABLE = 'lib/api/internal/refusal_table.cc'
_OTHER_TABLE = 'lib/registry/internal/text_table.cc'
_CORE = 'lib/casework/a.cc'


def _texts(path, *keys):
    """A table of Russian texts with a row for each key."""
    folder = path.replace('/internal/', '/').rsplit('/', 1)[0]
    rows = ''.join(f'    {{"{key}",\n     "текст"}},\n' for key in keys)
    return {path: f'constexpr Row kRows[] = {{\n{rows}}};\n',
            f'{folder}/CMakeLists.txt': f'internal/{path.rsplit("/", 1)[1]}\n',
            f'{folder}/README.md': '# folder\n'}


def _refusing(code, path=_CORE):
    return _source(path, f'{code}\n')


_UNTOLD = [(_CORE, 1, 'refusal-text')]

REFUSAL_ROWS = [
    (f'a key without Russian in {name}', _refusing(code), _UNTOLD)
    for name, code in [
        ('NewRefusal', 'return NewRefusal(ERROR_REASON_AHEAD, "a_b", "text");'),
        ('RefuseMissing',
         'RefuseMissing(R(x, y), "a_b", "text", {.what = "c"});'),
        ('RefuseState', 'RefuseState("a_b", "text");'),
        ('RefuseTime', 'return RefuseTime("a_b",\n "text");'),
        ('RefuseUnmet',
         'RefuseUnmet(draft, F(a, b), Ref{}, "a_b", "text");'),
        ('Refuse', 'Refuse("a_b", "text", "who");'),
        ('a choice of two', 'RefuseState(late ? "a_b" : why, "text");'),
        ('fields of MakeRefusal',
         'MakeRefusal({.reason = model::v1::ERROR_REASON_AHEAD,\n'
         '.message_key = "a_b", .message = "text"});'),
        ('fields of a reason kept',
         'return Why{.reason = ERROR_REASON_AHEAD, .key = ok ? x : "a_b"};'),
        ('a refusal set by hand', 'refusal.set_message_key("a_b");'),
        ('a refusal of another name',
         'model::v1::Refusal full; full.set_message_key("a_b");'),
        ('a constant',
         'constexpr char kKey[] = "a_b"; refusal->set_message_key(kKey);'),
    ]
] + [
    ('a key without Russian in a door',
     _refusing('refusal.set_message_key("a_b");', 'services/grpc/a.cc'),
     [('services/grpc/a.cc', 1, 'refusal-text')]),
    ('a key that has its Russian',
     _refusing('RefuseState("a_b", "text");') | _texts(_TABLE, 'a_b'), []),
    ("a key that has its Russian in the registry's table",
     _refusing('RefuseState("person.a", "text");') |
     _texts(_OTHER_TABLE, 'person.a', 'decider.b'), []),
    ('Russian that no refusal needs',
     _refusing('RefuseState("a_b", "text");') | _texts(_TABLE, 'a', 'a_b'),
     [(_TABLE, 2, 'refusal-text')]),
    ('a key of a test',
     _refusing('RefuseState("a_b", "text");', 'lib/casework/a_test.cc'), []),
    ('a key in a comment', _refusing('// RefuseState("a_b", "text");'), []),
    ('an explanation', _refusing('because.set_message_key("a_b");'), []),
    ('a place in a request', _refusing('RefuseInvalid("a", "b", "c");'), []),
    ('a key handed on',
     _refusing('return NewRefusal(reason, key, "text");'), []),
]

_MENDS = 'lib/api/internal/mend_table.cc'

MEND_ROWS = [
    ('a mend without Russian',
     _refusing('RefuseMissing(R, {.what = "a", .mend = "name it"});'),
     [(_CORE, 1, 'mend-text')]),
    ('a mend in two parts',
     _refusing('Add({.what = F(a, b),\n  .mend = "name "\n    "it"});') |
     _texts(_MENDS, 'name it'), []),
    ('a mend that says something else by now',
     _refusing('Add({.what = "a", .mend = "name it"});') |
     _texts(_MENDS, 'name it', 'name that'), [(_MENDS, 1, 'mend-text')]),
    ('a mend put together',
     _refusing('Add({.what = "a", .mend = StrCat("name ", it)});'), []),
    ('the mend of a place in a request',
     _refusing('Add({.path = "a", .mend = "name it"});'), []),
]

ROWS = (INCLUDE_ROWS + NAME_ROWS + LENGTH_ROWS + TEXT_ROWS + LAYOUT_ROWS +
        IMPORT_ROWS + REFUSAL_ROWS + MEND_ROWS)


class PlantedViolations(unittest.TestCase):

    def test_each_row_gives_its_findings_and_no_others(self):
        for name, files, expected in ROWS:
            with self.subTest(name):
                found = [(finding.path, finding.line, finding.rule)
                         for finding in tidy.findings(Tree(_HOUSE | files))]
                self.assertEqual(found, expected)

    def test_each_rule_has_a_violation_planted(self):
        for rule in tidy.RULES:
            with self.subTest(rule.__name__):
                self.assertTrue(any(
                    list(rule(Tree(_HOUSE | files))) for _, files, _ in ROWS))


class Program(unittest.TestCase):

    def test_ends_with_status_1_and_prints_where_and_what_to_do(self):
        with tempfile.TemporaryDirectory() as root:
            with open(os.path.join(root, 'a.md'), 'w') as file:
                file.write('text')
            run = subprocess.run([sys.executable, tidy.__file__, root],
                                 capture_output=True, text=True)
        self.assertEqual(run.returncode, 1)
        self.assertEqual(
            run.stdout.splitlines()[0],
            'a.md:1: [white-space] no line feed at the end of the file; '
            'add it')

    def test_ends_with_status_0_on_a_clean_tree(self):
        with tempfile.TemporaryDirectory() as root:
            with open(os.path.join(root, 'a.md'), 'w') as file:
                file.write('text\n')
            run = subprocess.run([sys.executable, tidy.__file__, root],
                                 capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout)

    def test_reads_untracked_files_but_not_ignored_ones(self):
        with tempfile.TemporaryDirectory() as root:
            subprocess.run(['git', 'init', '-q', root], check=True)
            for name, text in [('.gitignore', 'b.md\n'), ('a.md', 'a\n'),
                               ('b.md', 'b\n')]:
                with open(os.path.join(root, name), 'w') as file:
                    file.write(text)
            self.assertEqual(set(read_tree(root).files),
                             {'.gitignore', 'a.md'})


if __name__ == '__main__':
    unittest.main()
