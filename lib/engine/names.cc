#include "lib/engine/names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace careroute::engine {

absl::StatusOr<base::Uid> ParseName(absl::string_view prefix,
                                    absl::string_view name) {
  if (!absl::ConsumePrefix(&name, prefix)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the name must begin with ", prefix));
  }
  return base::ParseUid(name.substr(0, name.find('/')));
}

}  // namespace careroute::engine
