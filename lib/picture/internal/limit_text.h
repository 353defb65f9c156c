// lib/picture/internal/limit_text.h: limits and starts in a few words.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_LIMIT_TEXT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_LIMIT_TEXT_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/limit.pb.h"
#include "careroute/model/v1/source.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/pathway/edition.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// In which language, and of which edition.
struct Tongue {
  const pathway::Edition& edition;
  std::string language;

  [[nodiscard]] std::string Text(absl::string_view key) const {
    return std::string(edition.Text(key, language));
  }
};

// "3 working days"; "set by the region: ..." while a parameter has no value.
[[nodiscard]] std::string TermWords(const model::v1::Term& term,
                                    const Tongue& tongue);

// The number of a source among the notes; 0 = it names no act.
using NumberOfSource = absl::FunctionRef<int(const model::v1::Source&)>;

// Not yet fitted: the limit with its unit, start and signs, then what each
// track makes of it, each with the number of its source. The type face says how
// sure the number is.
[[nodiscard]] Line LimitLine(const model::v1::Limit& limit,
                             const Tongue& tongue, NumberOfSource number_of);

// "▼" for the first track of the pathway, "▼▼" for the second.
[[nodiscard]] std::string TrackSign(absl::string_view track,
                                    const Tongue& tongue);

// What starts a step by itself, a line each; outcomes of steps and entries are
// arrows and left out.
[[nodiscard]] std::vector<Line> StartLines(const model::v1::Step& step,
                                           const Tongue& tongue);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_LIMIT_TEXT_H_
