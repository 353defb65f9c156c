#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Pathway;
using model::v1::Step;
using model::v1::TextEntry;
using model::v1::TextTable;

// Where each text is needed: key → path of what it belongs to.
class NeededTexts {
 public:
  explicit NeededTexts(const Pathway& pathway) {
    Need("pathway", "");
    AddAll("stage", "stages", pathway.stages());
    AddFacts(pathway);
    AddAll("role", "roles", pathway.roles());
    AddAll("stop", "stop_reasons", pathway.stop_reasons());
    AddAll("parameter", "parameters", pathway.parameters());
    AddAll("track", "tracks", pathway.tracks());
    AddAll("entry", "entries", pathway.entries());
    AddAll("ending", "endings", pathway.endings());
    AddAll("interrupt", "interrupts", pathway.interrupts());
    AddCriteria(pathway);
    for (int i = 0; i < pathway.roles_size(); ++i) {
      Service(pathway.roles(i).service(), FieldPath("", "roles", i));
    }
    for (int i = 0; i < pathway.steps_size(); ++i) {
      AddStep(pathway.steps(i), FieldPath("", "steps", i));
    }
  }

  // In the order of the pathway.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& list()
      const {
    return list_;
  }
  [[nodiscard]] bool Has(const std::string& key) const {
    return keys_.find(key) != keys_.end();
  }

 private:
  void Need(std::string key, std::string path) {
    if (keys_.insert(key).second) {
      list_.emplace_back(std::move(key), std::move(path));
    }
  }

  template <typename List>
  void AddAll(absl::string_view kind, absl::string_view field,
              const List& list) {
    for (int i = 0; i < list.size(); ++i) {
      Need(absl::StrCat(kind, "/", list.Get(i).id()), FieldPath("", field, i));
    }
  }

  void AddFacts(const Pathway& pathway) {
    for (int i = 0; i < pathway.facts_size(); ++i) {
      const model::v1::FactDeclaration& fact = pathway.facts(i);
      const std::string path = FieldPath("", "facts", i);
      Need(absl::StrCat("fact/", fact.id()), path);
      for (int k = 0; k < fact.values_size(); ++k) {
        Need(absl::StrCat("value/", fact.id(), "/", fact.values(k)),
             FieldPath(path, "values", k));
      }
    }
  }

  void AddCriteria(const Pathway& pathway) {
    for (int i = 0; i < pathway.criteria_size(); ++i) {
      const model::v1::Criterion& criterion = pathway.criteria(i);
      const std::string path = FieldPath("", "criteria", i);
      Need(absl::StrCat("criterion/", criterion.id()), path);
      for (int k = 0; k < criterion.proved_by_size(); ++k) {
        Document(criterion.proved_by(k), FieldPath(path, "proved_by", k));
      }
    }
  }

  // What a region binds has its text in the overlay.
  void Document(const std::string& kind, const std::string& path) {
    if (!kind.empty() && ReferencedParameter(kind).empty()) {
      Need(absl::StrCat("document/", kind), path);
    }
  }

  void Service(const std::string& id, const std::string& path) {
    if (!id.empty() && ReferencedParameter(id).empty()) {
      Need(absl::StrCat("service/", id), path);
    }
  }

  void AddStep(const Step& step, const std::string& path) {
    Need(absl::StrCat("step/", step.id()), path);
    Service(step.performer().service(), path + ".performer");
    for (const model::v1::Performer& other : step.co_performers()) {
      Service(other.service(), path + ".co_performers");
    }
    for (int i = 0; i < step.outcomes_size(); ++i) {
      const model::v1::Outcome& outcome = step.outcomes(i);
      const std::string at = FieldPath(path, "outcomes", i);
      Need(absl::StrCat("outcome/", step.id(), "/", outcome.id()), at);
      for (const std::string& kind : outcome.needs_documents()) {
        Document(kind, at);
      }
    }
    for (int i = 0; i < step.guards_size(); ++i) {
      Need(absl::StrCat("guard/", step.id(), "/", step.guards(i).id()),
           FieldPath(path, "guards", i));
    }
    for (int i = 0; i < step.disclosure_size(); ++i) {
      const std::string at = FieldPath(path, "disclosure", i);
      Need(absl::StrCat("way/", step.id(), "/", step.disclosure(i).id()), at);
      Document(step.disclosure(i).gives_person(), at);
    }
    for (int i = 0; i < step.visits().reasons_size(); ++i) {
      Need(absl::StrCat("missed/", step.id(), "/",
                        step.visits().reasons(i).id()),
           FieldPath(path + ".visits", "reasons", i));
    }
  }

  std::vector<std::pair<std::string, std::string>> list_;
  std::set<std::string> keys_;
};

// A family never reads that somebody "signalled" about it.
bool NamesASignal(const std::string& text) {
  return absl::StrContains(text, "сигнал") || absl::StrContains(text, "Сигнал");
}

class TextChecker {
 public:
  explicit TextChecker(CheckContext& context)
      : context_(context), needed_(context.pathway) {}

  void Check() {
    CheckTables();
    for (const std::string& language : context_.pathway.languages()) {
      const std::set<std::string>& known = known_[language];
      for (const auto& [key, path] : needed_.list()) {
        if (known.find(key) == known.end()) {
          context_.problems.Error(
              path, "NO_TEXT",
              absl::StrCat("there is no text ", key, " in ", language),
              "add it to the table of that language");
        }
      }
    }
  }

 private:
  void CheckTables() {
    for (int i = 0; i < context_.pathway.texts_size(); ++i) {
      const TextTable& table = context_.pathway.texts(i);
      std::set<std::string> own;
      for (int k = 0; k < table.entries_size(); ++k) {
        const TextEntry& entry = table.entries(k);
        const std::string path =
            FieldPath(FieldPath("", "texts", i), "entries", k);
        if (!own.insert(entry.key()).second) {
          context_.problems.Error(
              path + ".key", "DUPLICATE_ID",
              absl::StrCat(entry.key(), " stands twice in the table"),
              "remove one");
        }
        CheckEntry(entry, path);
        if (!entry.text().empty()) {
          known_[table.language()].insert(entry.key());
        }
      }
    }
  }

  void CheckEntry(const TextEntry& entry, const std::string& path) {
    if (!needed_.Has(entry.key())) {
      context_.problems.Warning(
          path + ".key", "UNUSED",
          absl::StrCat("nothing has the text ", entry.key()),
          "correct the key, or remove the text");
    }
    if (entry.text().empty()) {
      context_.problems.Error(path + ".text", "EMPTY", "the text is empty",
                              "write it");
    }
    if (NamesASignal(entry.text()) || NamesASignal(entry.family())) {
      context_.problems.Error(path, "FORBIDDEN_WORD",
                              "speaks of a signal about a family",
                              "write «сведения о возможной нуждаемости»");
    }
  }

  CheckContext& context_;
  const NeededTexts needed_;
  std::map<std::string, std::set<std::string>> known_;
};

}  // namespace

void CheckTexts(CheckContext& context) { TextChecker(context).Check(); }

}  // namespace careroute::pathway::internal
