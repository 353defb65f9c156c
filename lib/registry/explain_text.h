// lib/registry/explain_text.h: the registry's reasons, in words.
//
// Verdicts on duplicates, answers on who decides and days of renewal are keys
// with arguments, so that a program can act on them; here is the sentence for
// a caseworker, in Russian and in English.
//
//   const std::string line = ExplainText({.key = "decider.rule.below_age",
//                                         .arguments = {"15"},
//                                         .language = "ru"});
//   FillTexts("ru", *decider.mutable_because());

#ifndef CAREROUTE_LIB_REGISTRY_EXPLAIN_TEXT_H_
#define CAREROUTE_LIB_REGISTRY_EXPLAIN_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/explanation.pb.h"

namespace careroute::registry {

// One sentence to make. Borrowed for the call.
struct TextQuery {
  absl::string_view key;
  std::vector<absl::string_view> arguments;
  // "ru" or "en"; anything else reads Russian, the language of the acts.
  absl::string_view language;
};

// The sentence; empty for a key that is not the registry's.
[[nodiscard]] std::string ExplainText(const TextQuery& query);

// Sets the text of every node of the tree whose key is the registry's.
void FillTexts(absl::string_view language, model::v1::Explanation& because);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_EXPLAIN_TEXT_H_
