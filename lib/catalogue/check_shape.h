// lib/catalogue/check_shape.h: what each field demands by itself.
//
// Reads the rules that stand beside the fields in the protos: lengths, counts,
// ranges, forms of ids and dates. One pass for every message, so that the
// checks of meaning may rely on bounded, well-formed input.

#ifndef CAREROUTE_LIB_CATALOGUE_CHECK_SHAPE_H_
#define CAREROUTE_LIB_CATALOGUE_CHECK_SHAPE_H_

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::catalogue {

struct ShapeOptions {
  // Says of a string that it stands for another, such as "$name" in a block,
  // and so need not have the form of its field. Null = none does.
  bool (*is_placeholder)(absl::string_view text) = nullptr;
};

// Adds a problem for everything that breaks a rule. False when the message is
// so far beyond its limits that nothing else should look at it.
[[nodiscard]] bool CheckShape(const google::protobuf::Message& message,
                              const ShapeOptions& options,
                              base::Problems& problems);

// a-z, 0-9, "_", "-", "."; starts with a letter; at most `length_max` bytes.
[[nodiscard]] bool IsId(absl::string_view text, size_t length_max);

// a-z, 0-9, "_", "-", "."; names an edition beside an id, as in "2025.1".
[[nodiscard]] bool IsEdition(absl::string_view text);

// A BCP 47 tag with its language in small letters: "ru", "sr-Cyrl".
[[nodiscard]] bool IsLanguage(absl::string_view text);

// A day of the calendar, YYYY-MM-DD, 1900 to 2199.
[[nodiscard]] bool IsDate(absl::string_view text);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_CHECK_SHAPE_H_
