// lib/api/viewer.h: what one caller sees of one case.
//
// Every method, list, watch and export asks here, so that none can show more
// than another.
//
//   const Viewer viewer(call->actor, reading, now);
//   if (!viewer.takes_part()) return NotFound();
//   viewer.Redact(response);

#ifndef CAREROUTE_LIB_API_VIEWER_H_
#define CAREROUTE_LIB_API_VIEWER_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "google/protobuf/message.h"
#include "lib/access/data_class_set.h"
#include "lib/engine/cases.h"

namespace careroute::api {

// Borrows actor and reading.
class Viewer {
 public:
  Viewer(const model::v1::Actor& actor, const engine::CaseReading& reading);

  // Whether the caller's organisation takes part in the case at all.
  [[nodiscard]] bool takes_part() const { return takes_part_; }
  // The classes of the case the caller may see now.
  [[nodiscard]] access::DataClassSet classes() const { return classes_; }

  // Removes what the caller may not see.
  void Redact(google::protobuf::Message& message) const;
  // The classes of what is left, for the access log.
  [[nodiscard]] access::DataClassSet ClassesIn(
      const google::protobuf::Message& message) const;

 private:
  [[nodiscard]] model::v1::DataClass FactClass(absl::string_view fact) const;

  const engine::CaseReading& reading_;
  bool takes_part_ = false;
  access::DataClassSet classes_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_VIEWER_H_
