// lib/pathway/internal/differences.h: where the parts of a comparison put what
// they find.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_DIFFERENCES_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_DIFFERENCES_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/edition_difference.pb.h"
#include "careroute/model/v1/limit.pb.h"
#include "careroute/model/v1/source.pb.h"
#include "google/protobuf/message.h"
#include "lib/pathway/edition.h"

namespace careroute::pathway::internal {

// A difference before it is told: where, and of what.
struct Place {
  std::string path;   // "steps/intake/limits/intake_due"
  std::string title;  // of the step or other thing
};

struct Finding {
  model::v1::DifferenceKind kind = model::v1::DIFFERENCE_KIND_CHANGED;
  model::v1::DifferencePart part = model::v1::DIFFERENCE_PART_UNSPECIFIED;
  model::v1::DifferenceEffect effect = model::v1::DIFFERENCE_EFFECT_HARMLESS;
  std::string old_value;
  std::string new_value;
};

// Collects what is found. Borrows both editions, indexed for reading.
class Differences {
 public:
  Differences(const Edition& before, const Edition& after,
              std::string in_language, model::v1::EditionDifference& into)
      : old_edition(before),
        new_edition(after),
        language(std::move(in_language)),
        into_(into) {}

  void Add(const Place& place, const Finding& finding);
  // The title in the later edition, else in the former.
  [[nodiscard]] std::string Title(const std::string& key) const;

  const Edition& old_edition;
  const Edition& new_edition;
  const std::string language;

 private:
  model::v1::EditionDifference& into_;
};

// A message on one line, as a person may read it.
[[nodiscard]] std::string ShortText(const google::protobuf::Message& message);

// Two messages of one type, each without what the other has too: a reader sees
// the difference, not the whole.
struct Sides {
  std::string before;
  std::string after;
};
[[nodiscard]] Sides WhatDiffers(const google::protobuf::Message& before,
                                const google::protobuf::Message& after);

// Says that an act or its surety changed; nothing when it did not.
void CompareSources(const model::v1::Source& old_source,
                    const model::v1::Source& new_source, const Place& place,
                    Differences& differences);

// Two limits of one id.
void CompareLimits(const model::v1::Limit& old_limit,
                   const model::v1::Limit& new_limit, const Place& place,
                   Differences& differences);

// A limit in words: "5 working days".
[[nodiscard]] std::string LimitText(const model::v1::Limit& limit,
                                    const Edition& edition,
                                    absl::string_view language);

// All texts of both editions.
void CompareTexts(Differences& differences, model::v1::EditionDifference& into);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_DIFFERENCES_H_
