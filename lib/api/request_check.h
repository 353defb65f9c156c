// lib/api/request_check.h: every field of every request, checked by the rules
// that stand beside it in the proto.
//
// Presence, size, form, range, known enum values, UTF-8: all problems at once,
// each with its path and mend. No handler checks a field by hand; what needs
// the state of the hub (does the thing exist?) is the heart's question.
//
//   RequestCheck check;
//   check.Prepare(*method->input_type());     // at start, once a method
//   base::Problems problems;
//   check.Check(request, problems);

#ifndef CAREROUTE_LIB_API_REQUEST_CHECK_H_
#define CAREROUTE_LIB_API_REQUEST_CHECK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "careroute/options/v1/options.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "lib/base/problems.h"

namespace careroute::api {

// Where a field states no bound of its own.
inline constexpr int32_t kStringBytesDefault = 1024;
inline constexpr int32_t kItemsDefault = 100;

// Prepare is called while the hub starts; afterwards everything is const and
// thread-safe.
class RequestCheck {
 public:
  // Reads the rules of a message and of all messages below it.
  void Prepare(const google::protobuf::Descriptor& message);

  // Adds a problem for every rule that is broken. Total for any message whose
  // type was prepared.
  void Check(const google::protobuf::Message& message,
             base::Problems& problems) const;

  // For bytes that do not parse: names the first fields that hold wrong UTF-8,
  // or says that the bytes are no message of the type.
  static void ExplainUnparsable(const google::protobuf::Descriptor& message,
                                absl::string_view bytes,
                                base::Problems& problems);

 private:
  struct FieldPlan {
    const google::protobuf::FieldDescriptor* field = nullptr;
    options::v1::FieldRules rules;
    bool required = false;
    bool output_only = false;
  };
  using MessagePlan = std::vector<FieldPlan>;

  void CheckField(const google::protobuf::Message& message,
                  const FieldPlan& plan, base::Problems& problems) const;
  void CheckRepeated(const google::protobuf::Message& message,
                     const FieldPlan& plan, base::Problems& problems) const;
  void CheckMessage(const google::protobuf::Message& message,
                    base::Problems& problems) const;

  absl::flat_hash_map<const google::protobuf::Descriptor*, MessagePlan> plans_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_REQUEST_CHECK_H_
