// services/hub/generate/json_fields.h: the fields of one JSON object, read
// once each.
//
// For data files that no message describes. Whatever is missing, of another
// kind, out of its bounds or not known becomes a problem with its path.
//
//   JsonFields fields(object, problems);
//   shape.region = fields.Text("region");
//   shape.share = fields.Number("share", {.min = 1, .max = 100});
//   fields.RefuseOthers();

#ifndef CAREROUTE_SERVICES_HUB_GENERATE_JSON_FIELDS_H_
#define CAREROUTE_SERVICES_HUB_GENERATE_JSON_FIELDS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"
#include "lib/base/problems.h"

namespace careroute::services {

// Borrows both. Not thread-safe.
class JsonFields {
 public:
  struct Bounds {
    int64_t min = 0;
    int64_t max = 0;
    // Absent = the field is required.
    std::optional<int64_t> otherwise;
  };

  JsonFields(const google::protobuf::Struct& object, base::Problems& problems)
      : object_(object), problems_(problems) {}

  // A whole number; `min` when there is a problem.
  [[nodiscard]] int Number(const std::string& name, const Bounds& bounds);
  // Required, not empty.
  [[nodiscard]] std::string Text(const std::string& name);
  // Absent = empty.
  [[nodiscard]] std::string TextOrNone(const std::string& name);
  // Absent = empty.
  [[nodiscard]] std::vector<std::string> Texts(const std::string& name);
  // Absent = empty. Points into the object.
  [[nodiscard]] std::vector<const google::protobuf::Struct*> Objects(
      const std::string& name);
  // Null when it is missing, which is a problem. Points into the object.
  [[nodiscard]] const google::protobuf::Struct* Object(const std::string& name);
  // The JSON form of a message; absent = as it was.
  void Message(const std::string& name, google::protobuf::Message& message);

  // A problem for each field that was not asked for.
  void RefuseOthers();

 private:
  // Null when it is absent.
  const google::protobuf::Value* Find(const std::string& name);
  void WrongKind(const std::string& name, const char* expected);

  const google::protobuf::Struct& object_;
  base::Problems& problems_;
  std::set<std::string> asked_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_GENERATE_JSON_FIELDS_H_
