#include "lib/pathway/internal/check_alone.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/catalogue/check_sources.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::Block;
using model::v1::Overlay;
using model::v1::Pathway;
using model::v1::TextTable;

class BlockChecker {
 public:
  BlockChecker(const Block& block, base::Problems& problems)
      : block_(block), problems_(problems) {}

  void Check() {
    if (block_.id().empty()) {
      problems_.Error("id", "EMPTY", "has no id", "give it an id");
    }
    CheckIds("steps", block_.steps());
    CheckIds("facts", block_.facts());
    CheckIds("parameters", block_.parameters());
    CheckIds("interrupts", block_.interrupts());
    CheckIds("stop_reasons", block_.stop_reasons());
    CheckIds("endings", block_.endings());
    CheckPlaceholders();
    CheckParams();
  }

 private:
  template <typename List>
  void CheckIds(absl::string_view field, const List& list) {
    std::set<std::string> seen;
    for (int i = 0; i < list.size(); ++i) {
      const auto at = problems_.Enter(field, i);
      if (list.Get(i).id().empty()) {
        problems_.Error("id", "EMPTY", "has no id", "give it an id");
      } else if (!seen.insert(list.Get(i).id()).second) {
        problems_.Error("id", "DUPLICATE_ID",
                        absl::StrCat(list.Get(i).id(), " stands twice"),
                        "give each its own id");
      }
    }
  }

  // "$name" stands for a parameter of the block, or one of the region that the
  // pathway or another block may declare: an argument alone is missed here.
  void CheckPlaceholders() {
    WalkMessages(block_, [this](const Message& part, const std::string& path) {
      ForEachString(part, [&](const StringAt& at) {
        const absl::string_view name = ReferencedParameter(at.value);
        if (name.empty()) {
          return;
        }
        used_.insert(std::string(name));
        if (MustBeKnown(*at.field) && !IsParam(name)) {
          problems_.Error(FieldPath(path, at.field->name(), at.index),
                          "UNKNOWN_ARGUMENT",
                          absl::StrCat("the block has no parameter ", name),
                          "declare it in params, or correct the name");
        }
      });
      return part.GetDescriptor() != TextTable::descriptor();
    });
  }

  // Steps have no region parameter for a name.
  static bool MustBeKnown(const google::protobuf::FieldDescriptor& field) {
    return NamedBy(field) == Named::kStep;
  }

  [[nodiscard]] bool IsParam(absl::string_view name) const {
    return std::find(block_.params().begin(), block_.params().end(), name) !=
           block_.params().end();
  }

  void CheckParams() {
    std::set<std::string> seen;
    for (int i = 0; i < block_.params_size(); ++i) {
      const std::string& name = block_.params(i);
      const std::string path = FieldPath("", "params", i);
      if (!seen.insert(name).second) {
        problems_.Error(path, "DUPLICATE_ID",
                        absl::StrCat(name, " stands twice"), "remove one");
      } else if (used_.find(name) == used_.end()) {
        problems_.Warning(
            path, "UNUSED",
            absl::StrCat("parameter ", name, " is declared but never used"),
            "use it, or remove it");
      }
    }
  }

  const Block& block_;
  base::Problems& problems_;
  std::set<std::string> used_;
};

}  // namespace

void CheckNotBound(const Message& message, base::Problems& problems) {
  const auto refuse = [&problems](const std::string& path) {
    problems.Error(path, "BOUND_ALREADY", "is written by binding alone",
                   "remove it; an overlay says no_limit as the value of a "
                   "parameter");
  };
  WalkMessages(message, [&](const Message& part, const std::string& path) {
    if (part.GetDescriptor() == model::v1::Term::descriptor() &&
        static_cast<const model::v1::Term&>(part).no_limit()) {
      refuse(path + ".no_limit");
    } else if (part.GetDescriptor() == Pathway::descriptor()) {
      const auto& pathway = static_cast<const Pathway&>(part);
      if (pathway.bindings_size() > 0) refuse("bindings");
      if (!pathway.overlay().empty()) refuse("overlay");
    }
    return part.GetDescriptor() != TextTable::descriptor();
  });
}

void CheckBlock(const Block& block, base::Problems& problems) {
  BlockChecker(block, problems).Check();
}

void CheckOverlay(const Overlay& overlay, base::Problems& problems) {
  if (!overlay.edition().empty() && !IsEdition(overlay.edition())) {
    problems.Error("edition", "NOT_AN_ID", "is not an edition",
                   "use a-z, 0-9, \"_\", \"-\" and \".\", as in 2025.1");
  }
  CheckFieldsOf(overlay, problems);
  catalogue::CheckSourcesOf(overlay, problems);
}

}  // namespace careroute::pathway::internal
