"""Rules about which files there are."""

import re

from source import Finding

README_LINES_MAX = 40

_EXPLAINED = ('lib/', 'services/', 'bindings/', 'tests/', 'proto/')
_CODE = ('.h', '.cc', '.c', '.proto', '.py', '.js', '.ts')


def readme_per_folder(tree):
    """Every folder with code says what it is; internal/ and what is installed
    from include/ are their parent's."""
    folders = {file.folder for file in tree.named(*_CODE)
               if file.path.startswith(_EXPLAINED)}
    for folder in sorted(folders):
        if re.search(r'/(internal|include)(/|$)', folder):
            continue
        if f'{folder}/README.md' not in tree:
            yield Finding(f'{folder}/README.md', 1, 'readme',
                          'the folder has no README.md',
                          'say what it is, what it may include, and which '
                          'file to read first')


def readme_length(tree):
    for file in tree.named('/README.md'):
        length = file.text.count('\n')
        if length > README_LINES_MAX:
            yield Finding(file.path, README_LINES_MAX + 1, 'readme-length',
                          f'{length} lines, {README_LINES_MAX} are allowed',
                          'move what is longer beside the code it explains')


def _listed_in(tree, file):
    """Does a CMakeLists.txt in the file's folder or above it name the file?"""
    folder, name = file.folder, file.name
    while True:
        lists = tree.files.get(f'{folder}/CMakeLists.txt'.lstrip('/'))
        if lists and re.search(rf'(?<![\w./-]){re.escape(name)}(?![\w.-])',
                               lists.text):
            return True
        if not folder:
            return False
        folder, _, last = folder.rpartition('/')
        name = f'{last}/{name}'


def dead_files(tree):
    """A source that no target builds rots unseen."""
    for file in tree.named('.cc', '.c', '.proto'):
        if not _listed_in(tree, file):
            yield Finding(file.path, 1, 'dead-file',
                          'no CMakeLists.txt names it',
                          'add it to a target, or remove it')


def header_guards(tree):
    for file in tree.named('.h'):
        path = re.sub(r'[/.-]', '_', file.path).upper()
        guard = f'CAREROUTE_{path}_'.replace('CAREROUTE_CAREROUTE_',
                                             'CAREROUTE_')
        if not re.search(rf'(?m)^#ifndef {guard}\n#define {guard}$',
                         file.text):
            yield Finding(file.path, 1, 'header-guard',
                          'the guard is missing or has another name',
                          f'name it {guard}')
