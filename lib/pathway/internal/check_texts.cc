#include "lib/catalogue/check_texts.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Pathway;
using model::v1::Step;
using model::v1::TextTable;

// The card a family gets for a stage: `text` is its title, `family` its words.
constexpr absl::string_view kCard = "card/";

// Where each text is needed: key → path of what it belongs to.
class NeededTexts {
 public:
  explicit NeededTexts(const Pathway& pathway) : pathway_(pathway) {
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
    AddLists(pathway);
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

  void AddLists(const Pathway& pathway) {
    for (int i = 0; i < pathway.lists_size(); ++i) {
      const model::v1::NamedList& list = pathway.lists(i);
      for (int k = 0; k < list.items_size(); ++k) {
        Need(absl::StrCat("item/", list.id(), "/", list.items(k)),
             FieldPath(FieldPath("", "lists", i), "items", k));
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

  void Document(const std::string& kind, const std::string& path) {
    NeedValue("document/", kind, path);
  }

  void Service(const std::string& id, const std::string& path) {
    NeedValue("service/", id, path);
  }

  // What a region binds has its text in the overlay; a default has it here.
  void NeedValue(absl::string_view kind, const std::string& id,
                 const std::string& path) {
    const absl::string_view parameter = ReferencedParameter(id);
    const std::string value = parameter.empty() ? id : DefaultOf(parameter);
    if (!value.empty()) {
      Need(absl::StrCat(kind, value), path);
    }
  }

  [[nodiscard]] std::string DefaultOf(absl::string_view id) const {
    for (const model::v1::Parameter& parameter : pathway_.parameters()) {
      if (parameter.id() == id) {
        return parameter.default_value().id();
      }
    }
    return "";
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

  const Pathway& pathway_;
  std::vector<std::pair<std::string, std::string>> list_;
  std::set<std::string> keys_;
};

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
      CheckCards(language);
    }
  }

 private:
  // A family can be helped without a card, so one that is missing is a warning.
  void CheckCards(const std::string& language) {
    const std::set<std::string>& cards = cards_[language];
    for (int i = 0; i < context_.pathway.stages_size(); ++i) {
      const std::string& stage = context_.pathway.stages(i).id();
      if (cards.find(stage) == cards.end()) {
        context_.problems.Warning(
            FieldPath("", "stages", i), "NO_CARD",
            absl::StrCat("the stage ", stage, " has no card for the family in ",
                         language),
            absl::StrCat("write ", kCard, stage,
                         " in the table of that language, its words in "
                         "`family`"));
      }
    }
  }

  void CheckTables() {
    for (int i = 0; i < context_.pathway.texts_size(); ++i) {
      const TextTable& table = context_.pathway.texts(i);
      const std::string path = FieldPath("", "texts", i);
      catalogue::CheckTextTable(table, path, context_.problems);
      for (int k = 0; k < table.entries_size(); ++k) {
        const std::string at = FieldPath(path, "entries", k);
        if (absl::StartsWith(table.entries(k).key(), kCard)) {
          TakeCard(table.language(), table.entries(k), at);
          continue;
        }
        CheckKey(table.entries(k).key(), at);
        if (!table.entries(k).text().empty()) {
          known_[table.language()].insert(table.entries(k).key());
        }
      }
    }
  }

  void TakeCard(const std::string& language, const model::v1::TextEntry& entry,
                const std::string& path) {
    const std::string stage = entry.key().substr(kCard.size());
    if (!needed_.Has(absl::StrCat("stage/", stage))) {
      context_.problems.Error(path + ".key", "UNKNOWN_ID",
                              absl::StrCat("there is no stage ", stage),
                              "correct the key, or declare the stage");
    }
    if (!entry.family().empty()) {
      cards_[language].insert(stage);
    }
  }

  void CheckKey(const std::string& key, const std::string& path) {
    if (!needed_.Has(key)) {
      context_.problems.Warning(path + ".key", "UNUSED",
                                absl::StrCat("nothing has the text ", key),
                                "correct the key, or remove the text");
    }
  }

  CheckContext& context_;
  const NeededTexts needed_;
  // By language: keys that have a text, and stages that have a card.
  std::map<std::string, std::set<std::string>> known_;
  std::map<std::string, std::set<std::string>> cards_;
};

}  // namespace

void CheckTexts(CheckContext& context) { TextChecker(context).Check(); }

}  // namespace careroute::pathway::internal
