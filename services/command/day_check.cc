#include "services/command/day_check.h"

#include "absl/strings/str_cat.h"
#include "lib/catalogue/check_shape.h"

namespace careroute::services {

std::string NotADay(const std::string& text) {
  return catalogue::IsDate(text)
             ? std::string()
             : absl::StrCat("not a day, YYYY-MM-DD: ", text);
}

}  // namespace careroute::services
