"""Every refusal can be told in Russian.

A refusal carries its English sentence and the key of the Russian one, which
stands in a table far from where the refusal is made. So that a new refusal is
not forgotten there, the keys that code writes out are looked up.
"""

import re

from source import Finding

# Where the Russian sentences of refusals stand, one row a key. The second table
# holds sentences of other things too.
TEXTS = 'lib/api/internal/refusal_table.cc'
OTHER_TEXTS = 'lib/registry/internal/text_table.cc'
# Where what would mend it stands in Russian, by the English sentence.
MENDS = 'lib/api/internal/mend_table.cc'

# Which argument of a function that makes refusals is the key, from 0.
MAKERS = {'NewRefusal': 1, 'RefuseMissing': 1, 'RefuseState': 0,
          'RefuseTime': 0, 'RefuseUnmet': 3, 'Refuse': 0}

# Made of any failure that comes without a refusal: there the reason is told.
_TOLD_BY_REASON = {'machinery'}

_ROW = re.compile(r'\{\s*"([a-z][a-z0-9_.]*)",\s*"')
_KEY = re.compile(r'"([a-z][a-z0-9_.]*)"')
_MAKER = re.compile(rf'\b({"|".join(MAKERS)})\(')
# The fields of what a refusal is made of, in the order they are declared.
_FIELDS = re.compile(r'\.reason\s*=\s*[\w:]*\bERROR_REASON_\w+\s*,'
                     r'\s*\.(?:message_)?key\s*=')
_DECLARED = re.compile(r'\bRefusal(?:Ptr)?\b[&*>]*\s+[&*]?(\w+)\s*[;={(,)]')
_LACK = re.compile(r'\{\s*\.what\s*=')
_MEND = re.compile(r'\s*\.mend\s*=\s*"([^"\\\n]*)"\s*')
_MEND_ROW = re.compile(r'\{\s*"([^"\\\n]*)",')
_BETWEEN_PARTS = re.compile(r'"\s*\n\s*"')
_CONSTANT = re.compile(r'\b(k[A-Z]\w*)(?:\[\])?\s*=\s*"([a-z][a-z0-9_.]*)"')
_PIECE = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|.', re.S)


def _arguments(code, start):
    """What stands behind an opening bracket up to its match, divided at the
    commas; what is nested deeper is left out."""
    depth, arguments = 0, ['']
    for piece in _PIECE.finditer(code, start):
        text = piece[0]
        depth += (text in '([{') - (text in ')]}')
        if depth < 0:
            break
        if depth == 0 and text == ',':
            arguments.append('')
        elif depth == 0:
            arguments[-1] += text
    return arguments


def _setters(code):
    names = {'refusal', 'refusal_'} | set(_DECLARED.findall(code))
    return re.compile(rf'\b(?:{"|".join(sorted(names))})(?:\.|->)'
                      r'set_message_key\(')


def _written_keys(code):
    """Where and what, of each expression that is the key of a refusal."""
    for match in _MAKER.finditer(code):
        arguments = _arguments(code, match.end())
        at = MAKERS[match[1]]
        if at < len(arguments):
            yield match.start(), arguments[at]
    for pattern in (_FIELDS, _setters(code)):
        for match in pattern.finditer(code):
            yield match.start(), _arguments(code, match.end())[0]


def _keys(file):
    """The keys of refusals that the file writes out, with their places."""
    code = file.without_comments()
    constants = dict(_CONSTANT.findall(code))
    for place, expression in _written_keys(code):
        keys = _KEY.findall(expression)
        keys += [constants[name]
                 for name in re.findall(r'\bk[A-Z]\w*', expression)
                 if name in constants]
        for key in keys:
            yield file.line_of(place), key


def _rows(tree, path):
    if path not in tree:
        return {}
    file = tree.files[path]
    return {match[1]: file.line_of(match.start())
            for match in _ROW.finditer(file.without_comments())}


def _shipped(tree):
    return [file for file in tree.cpp()
            if file.path.startswith(('lib/', 'services/'))
            and not file.is_test and '/testing/' not in file.path]


def refusal_texts(tree):
    rows = _rows(tree, TEXTS)
    known = set(rows) | set(_rows(tree, OTHER_TEXTS)) | _TOLD_BY_REASON
    made = set()
    for file in _shipped(tree):
        for line, key in _keys(file):
            made.add(key)
            if key not in known:
                yield Finding(file.path, line, 'refusal-text',
                              f'nobody can be told "{key}" in Russian',
                              f'add its sentence to {TEXTS}')
    for key, line in rows.items():
        if key not in made:
            yield Finding(TEXTS, line, 'refusal-text',
                          f'no refusal has the key "{key}"',
                          'remove the row')


def _mends_of_lacks(file):
    """The mends, written out, of what a refusal says is missing."""
    code = file.without_comments()
    for lack in _LACK.finditer(code):
        for field in _arguments(code, lack.start() + 1):
            mend = _MEND.fullmatch(_BETWEEN_PARTS.sub('', field))
            if mend:
                yield file.line_of(lack.start()), mend[1]


def mend_texts(tree):
    """Whoever is told what is missing is told in Russian what would mend it;
    and a row is found only while its English is what the code says."""
    rows = set()
    if MENDS in tree:
        table = tree.files[MENDS]
        # The line of a row is not known once its parts are joined.
        rows = set(_MEND_ROW.findall(
            _BETWEEN_PARTS.sub('', table.without_comments())))
    said = set()
    for file in _shipped(tree):
        if file.path != MENDS:
            code = _BETWEEN_PARTS.sub('', file.without_comments())
            said |= {row for row in rows if f'"{row}"' in code}
        for line, mend in _mends_of_lacks(file):
            if mend not in rows:
                yield Finding(file.path, line, 'mend-text',
                              f'nobody can be told "{mend}" in Russian',
                              f'add it to {MENDS}')
    for row in sorted(rows - said):
        yield Finding(MENDS, 1, 'mend-text', f'nothing says "{row}"',
                      'write the row as the code says it, or remove it')
