// lib/access/explain_text.h: the reasons of verdicts on access, in words.
//
// A verdict is keys with arguments, so that a program can act on it; here is
// the sentence for a caseworker, in Russian and in English.
//
//   model::v1::Explanation because = access::ExplainCase(question);
//   access::FillTexts("ru", because);

#ifndef CAREROUTE_LIB_ACCESS_EXPLAIN_TEXT_H_
#define CAREROUTE_LIB_ACCESS_EXPLAIN_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "careroute/model/v1/data_class.pb.h"
#include "careroute/model/v1/explanation.pb.h"

namespace careroute::access {

// A sentence in both languages; $0 to $9 stand for the arguments.
struct Sentence {
  absl::string_view key;
  absl::string_view russian;
  absl::string_view english;
};

// The name of a class, such as "сведения о здоровье"; empty for UNSPECIFIED.
// Any language but "en" reads Russian, the language of the acts.
[[nodiscard]] absl::string_view NameOf(model::v1::DataClass data_class,
                                       absl::string_view language);

// Sets the text of every node of the tree whose key is in `table`. Arguments
// that name a class are written as its name. Trees of verdicts are at most
// kExplanationDepthMax deep; deeper nodes are left alone.
void FillTexts(absl::Span<const Sentence> table, absl::string_view language,
               model::v1::Explanation& because);

// The same with the sentences of this library: keys "access.*".
void FillTexts(absl::string_view language, model::v1::Explanation& because);

// No verdict nests deeper; a tree from outside must not use up the stack.
inline constexpr int kExplanationDepthMax = 16;

}  // namespace careroute::access

#endif  // CAREROUTE_LIB_ACCESS_EXPLAIN_TEXT_H_
