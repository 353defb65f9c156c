// lib/pathway/source_text.h: where something comes from, in words.
//
//   SourceText(limit.source(), "ru");
//   // "Закон № 181-ФЗ, ст. 9.3; RU; с 2025-03-01; из вторых рук"

#ifndef CAREROUTE_LIB_PATHWAY_SOURCE_TEXT_H_
#define CAREROUTE_LIB_PATHWAY_SOURCE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/source.pb.h"

namespace careroute::pathway {

// How sure it is: "норма проверена", "по памяти, не сверено (твёрдо)"; in
// English for any language but "ru"; empty for UNSPECIFIED.
[[nodiscard]] std::string ProvenanceText(const model::v1::Source& source,
                                         absl::string_view language);

// The act, where and from when to when it holds, how sure that is; without the
// references, which speak to the authors of a pathway.
[[nodiscard]] std::string SourceText(const model::v1::Source& source,
                                     absl::string_view language);

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_SOURCE_TEXT_H_
