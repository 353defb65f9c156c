// lib/catalogue/walk_message.h: every message inside a message, with its
// path, so that a rule about one kind of field is written once.
//
//   WalkMessages(pathway, [&](const Message& part, const std::string& path) {
//     ForEachString(part, [&](const StringAt& at) { ... });
//     return true;
//   });

#ifndef CAREROUTE_LIB_CATALOGUE_WALK_MESSAGE_H_
#define CAREROUTE_LIB_CATALOGUE_WALK_MESSAGE_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace careroute::catalogue {

// Deeper messages are not visited. The parsers refuse such input before; this
// keeps the walk total for messages that came another way.
inline constexpr int kMessageDepthMax = 128;

// "steps[3].guards[0]" for a field of a message that stands at `path`; `index`
// -1 for a singular field.
[[nodiscard]] std::string FieldPath(absl::string_view path,
                                    absl::string_view field, int index);

// Parents first, in field order. `visit` answers whether to go on below the
// message.
void WalkMessages(const google::protobuf::Message& root,
                  absl::FunctionRef<bool(const google::protobuf::Message&,
                                         const std::string& path)>
                      visit);

// The same for messages that are to be changed. `visit` may change the message
// itself before its parts are visited.
void WalkMutableMessages(
    google::protobuf::Message& root,
    absl::FunctionRef<bool(google::protobuf::Message&)> visit);

// One string of a message; index -1 for a singular field.
struct StringAt {
  const google::protobuf::FieldDescriptor* field;
  int index;
  const std::string& value;
};

// The strings that are fields of this message itself, empty ones of singular
// fields left out.
void ForEachString(const google::protobuf::Message& message,
                   absl::FunctionRef<void(const StringAt&)> visit);

// Replaces each such string by what `replace` returns.
void ReplaceStrings(google::protobuf::Message& message,
                    absl::FunctionRef<std::string(const StringAt&)> replace);

}  // namespace careroute::catalogue

#endif  // CAREROUTE_LIB_CATALOGUE_WALK_MESSAGE_H_
