#include "services/command/completion.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace careroute::services {
namespace {

// One level of the tree.
struct Level {
  std::string path;  // "careroute import"
  std::vector<std::string> commands;
  std::vector<std::string> command_helps;
  std::vector<std::string> flags;
  std::vector<std::string> flag_helps;
};

// "--hub" and "-h" of an option; positional ones have neither.
void AddFlags(const CLI::Option& option, Level& level) {
  for (const std::string& name : option.get_lnames()) {
    level.flags.push_back(absl::StrCat("--", name));
    level.flag_helps.push_back(option.get_description());
  }
  for (const std::string& name : option.get_snames()) {
    level.flags.push_back(absl::StrCat("-", name));
    level.flag_helps.push_back(option.get_description());
  }
}

void AddLevels(const CLI::App& app, const std::string& path,
               std::vector<Level>& levels) {
  Level level{.path = path};
  for (const CLI::Option* option : app.get_options()) AddFlags(*option, level);
  const std::vector<const CLI::App*> commands = app.get_subcommands(nullptr);
  for (const CLI::App* command : commands) {
    level.commands.push_back(command->get_name());
    level.command_helps.push_back(command->get_description());
  }
  levels.push_back(std::move(level));
  for (const CLI::App* command : commands) {
    AddLevels(*command, absl::StrCat(path, " ", command->get_name()), levels);
  }
}

// For single quotes of a shell.
std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::vector<std::string> WordsOf(const Level& level) {
  std::vector<std::string> words = level.commands;
  words.insert(words.end(), level.flags.begin(), level.flags.end());
  return words;
}

// "import", "import directory": paths below the program itself.
std::string BelowProgram(const Level& level, const std::string& program) {
  return level.path == program ? std::string()
                               : level.path.substr(program.size() + 1);
}

std::string Bash(const std::vector<Level>& levels, const std::string& program) {
  std::string cases;
  std::vector<std::string> paths;
  for (const Level& level : levels) {
    absl::StrAppend(&cases, "    ", Quoted(level.path),
                    ") words=", Quoted(absl::StrJoin(WordsOf(level), " ")),
                    " ;;\n");
    paths.push_back(Quoted(level.path));
  }
  return absl::StrCat("# bash completion of ", program, "\n_", program,
                      "() {\n"
                      "  local word at path=",
                      program,
                      " words=\n"
                      "  for ((at = 1; at < COMP_CWORD; at++)); do\n"
                      "    word=\"$path ${COMP_WORDS[at]}\"\n"
                      "    case \"$word\" in\n      ",
                      absl::StrJoin(paths, "|"),
                      ") path=\"$word\" ;;\n"
                      "    esac\n"
                      "  done\n"
                      "  case \"$path\" in\n",
                      cases,
                      "  esac\n"
                      "  COMPREPLY=($(compgen -W \"$words\" -- "
                      "\"${COMP_WORDS[COMP_CWORD]}\"))\n"
                      "}\ncomplete -o default -F _",
                      program, " ", program, "\n");
}

// Words with what they are, "word:help" in zsh.
std::string ZshWords(const std::vector<std::string>& words,
                     const std::vector<std::string>& helps) {
  std::string list;
  for (size_t i = 0; i < words.size(); ++i) {
    absl::StrAppend(
        &list, " ",
        Quoted(absl::StrCat(words[i], ":",
                            absl::StrReplaceAll(helps[i], {{":", "\\:"}}))));
  }
  return list;
}

std::string Zsh(const std::vector<Level>& levels, const std::string& program) {
  std::string cases;
  std::vector<std::string> paths;
  for (const Level& level : levels) {
    absl::StrAppend(&cases, "    ", Quoted(level.path), ") entries=(",
                    ZshWords(level.commands, level.command_helps),
                    ZshWords(level.flags, level.flag_helps), " ) ;;\n");
    paths.push_back(Quoted(level.path));
  }
  return absl::StrCat("#compdef ", program, "\n_", program,
                      "() {\n"
                      "  local -a entries\n"
                      "  local word spot step=",
                      program,
                      "\n"
                      "  for ((spot = 2; spot < CURRENT; spot++)); do\n"
                      "    word=\"$step ${words[spot]}\"\n"
                      "    case \"$word\" in\n      ",
                      absl::StrJoin(paths, "|"),
                      ") step=\"$word\" ;;\n"
                      "    esac\n"
                      "  done\n"
                      "  case \"$step\" in\n",
                      cases,
                      "  esac\n"
                      "  _describe entry entries || _files\n"
                      "}\ncompdef _",
                      program, " ", program, "\n");
}

std::string Fish(const std::vector<Level>& levels, const std::string& program) {
  std::string script = absl::StrCat("# fish completion of ", program, "\n");
  for (const Level& level : levels) {
    const std::string below = BelowProgram(level, program);
    // A sub-command is offered while none of its siblings was given.
    std::string condition =
        below.empty() ? std::string()
                      : absl::StrCat("__fish_seen_subcommand_from ",
                                     below.substr(below.rfind(' ') + 1));
    std::string open = condition;
    if (!level.commands.empty()) {
      absl::StrAppend(&open, open.empty() ? "" : "; and ",
                      "not __fish_seen_subcommand_from ",
                      absl::StrJoin(level.commands, " "));
    }
    for (size_t i = 0; i < level.commands.size(); ++i) {
      absl::StrAppend(&script, "complete -c ", program, " -f -n ", Quoted(open),
                      " -a ", level.commands[i], " -d ",
                      Quoted(level.command_helps[i]), "\n");
    }
    for (size_t i = 0; i < level.flags.size(); ++i) {
      const bool longer = level.flags[i].rfind("--", 0) == 0;
      absl::StrAppend(
          &script, "complete -c ", program,
          condition.empty() ? std::string()
                            : absl::StrCat(" -n ", Quoted(condition)),
          longer ? " -l " : " -s ", level.flags[i].substr(longer ? 2 : 1),
          " -d ", Quoted(level.flag_helps[i]), "\n");
    }
  }
  return script;
}

}  // namespace

std::string CompletionScript(const CLI::App& app, Shell shell) {
  const std::string& program = app.get_name();
  std::vector<Level> levels;
  AddLevels(app, program, levels);
  switch (shell) {
    case Shell::kBash:
      return Bash(levels, program);
    case Shell::kZsh:
      return Zsh(levels, program);
    case Shell::kFish:
      break;
  }
  return Fish(levels, program);
}

}  // namespace careroute::services
