// lib/picture/internal/uses.h: which steps a use of a block has brought.
//
// An expanded pathway does not say it of its steps. But each use has brought
// its own tables of texts, and they speak of the steps of that use alone.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_USES_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_USES_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"

namespace careroute::picture::internal {

// The use of each step by the step's id; the pathway's own have no entry.
class Uses {
 public:
  explicit Uses(const model::v1::Pathway& pathway);

  // Empty for a step of the pathway's own.
  [[nodiscard]] absl::string_view Of(const std::string& step) const;

 private:
  std::map<std::string, std::string> of_step_;
};

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_USES_H_
