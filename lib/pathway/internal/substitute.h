// lib/pathway/internal/substitute.h: puts values in place of "$name".
//
// Works on any message by reflection, so that no field of the language can be
// forgotten. A string that is "$name" as a whole becomes the value; in a
// repeated string field all values; a message of a repeated field that names a
// parameter with none or several values is left out or repeated for each.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_SUBSTITUTE_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_SUBSTITUTE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::pathway::internal {

using Arguments = std::map<std::string, std::vector<std::string>, std::less<>>;

// A block with many lists of many values would multiply; nobody writes one.
inline constexpr int kRepeatedMessagesMax = 5'000;

// A "$name" that is no argument is left as it is: a region parameter.
class Substitution {
 public:
  Substitution(const Arguments& arguments, base::Problems& problems)
      : arguments_(arguments), problems_(problems) {}

  // Adds a problem, whose path is the place of `problems`, where a single
  // value is needed and several or none are given.
  void Apply(google::protobuf::Message& message);

 private:
  // Values in force; a repeated message sees one value of its own parameter.
  struct Scope {
    const Scope* outer = nullptr;
    absl::string_view name;
    const std::string* value = nullptr;
  };

  void ApplyIn(google::protobuf::Message& message, const Scope* scope,
               int depth);
  void ApplyToString(google::protobuf::Message& message,
                     const google::protobuf::FieldDescriptor& field,
                     const Scope* scope);
  void ApplyToStrings(google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field,
                      const Scope* scope);
  void ApplyToMessages(google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field,
                       const Scope* scope, int depth);
  // The values "$name" stands for; null when it is no argument.
  [[nodiscard]] std::vector<const std::string*> Values(absl::string_view name,
                                                       const Scope* scope,
                                                       bool& is_argument) const;
  // The first parameter that the message itself needs once and that has none
  // or several values; empty when none.
  [[nodiscard]] std::string ParameterToRepeat(
      const google::protobuf::Message& message, const Scope* scope,
      int depth) const;

  const Arguments& arguments_;
  base::Problems& problems_;
  int repeated_ = 0;
};

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_SUBSTITUTE_H_
