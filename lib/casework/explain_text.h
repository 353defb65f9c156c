// lib/casework/explain_text.h: why data may or may not pass and why a referral
// or a support measure cannot be moved so, in words.
//
//   model::v1::Verdict verdict = ExplainDisclosure(question, case_name);
//   casework::FillTexts("ru", *verdict.mutable_because());
//   casework::FillTexts("ru", *refusal.mutable_because());

#ifndef CAREROUTE_LIB_CASEWORK_EXPLAIN_TEXT_H_
#define CAREROUTE_LIB_CASEWORK_EXPLAIN_TEXT_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/explanation.pb.h"

namespace careroute::casework {

// Sets the text of every node whose key is "disclosure.*" or of the referral
// machine, or of support measures; other nodes stay as they are. Any language
// but "en" reads Russian, the language of the acts.
void FillTexts(absl::string_view language, model::v1::Explanation& because);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_EXPLAIN_TEXT_H_
