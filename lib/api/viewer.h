// lib/api/viewer.h: what one caller sees of one case, or of a referral whose
// case lives at another hub.
//
// Every method, list, watch and export asks here, so that none can show more
// than another.
//
//   const Viewer viewer(call->actor, reading);
//   if (!viewer.sees()) return NotFound();
//   viewer.Redact(response);

#ifndef CAREROUTE_LIB_API_VIEWER_H_
#define CAREROUTE_LIB_API_VIEWER_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "google/protobuf/message.h"
#include "lib/access/case_verdict.h"
#include "lib/access/data_class_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"
#include "lib/pathway/edition.h"

namespace careroute::api {

// Borrows the edition of the case.
class Viewer {
 public:
  Viewer(const model::v1::Actor& actor, const engine::CaseStanding& standing);
  // Of a case at another hub its performer takes part, and reads what was
  // disclosed to it and not recalled.
  Viewer(const model::v1::Actor& actor,
         const engine::PerformedReading& reading);

  // Whether the caller may know of the case at all.
  [[nodiscard]] bool sees() const { return sees_; }
  // Whether its organisation also takes part: who opened the case in an
  // emergency sees it and may do nothing in it.
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

  void Judge(const model::v1::Actor& actor, const access::CasePart& part);

  const pathway::Edition* edition_ = nullptr;  // null = at another hub
  bool sees_ = false;
  bool takes_part_ = false;
  access::DataClassSet classes_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_VIEWER_H_
