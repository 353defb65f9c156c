// lib/api/internal/string_form.h: the forms a string may be asked to have.

#ifndef CAREROUTE_LIB_API_INTERNAL_STRING_FORM_H_
#define CAREROUTE_LIB_API_INTERNAL_STRING_FORM_H_

#include "absl/strings/string_view.h"
#include "careroute/options/v1/options.pb.h"
#include "lib/base/problems.h"

namespace careroute::api::internal {

// Adds a problem when `value`, which is valid UTF-8 and not empty, lacks the
// form the rules ask for.
void CheckForm(absl::string_view value, const options::v1::FieldRules& rules,
               absl::string_view name, base::Problems& problems);

// Whether a name fits a pattern such as "cases/*/referrals/*", or one of
// several with "|" between them; each * stands for one segment of 1 to 64
// characters from a-z, 0-9, "_", "-".
[[nodiscard]] bool FitsPattern(absl::string_view name,
                               absl::string_view pattern);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_STRING_FORM_H_
