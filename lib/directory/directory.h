// lib/directory/directory.h: the organisations, as one immutable picture.
//
// Folded from the organisations' streams. The engine keeps the newest picture
// and hands it to whoever decides or reads; a picture in use never changes.
//
//   Directory next = directory.With(organisation);
//   const model::v1::Organisation* clinic = next.Find("organisations/clinic");
//   for (const auto* one : next.Offering("early-help")) ...

#ifndef CAREROUTE_LIB_DIRECTORY_DIRECTORY_H_
#define CAREROUTE_LIB_DIRECTORY_DIRECTORY_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "careroute/model/v1/directory.pb.h"

namespace careroute::directory {

using OrganisationPtr = std::shared_ptr<const model::v1::Organisation>;

// A value; copies share the organisations. Const use is thread-safe.
class Directory {
 public:
  Directory() = default;

  // This picture with the organisations added or replaced by name.
  [[nodiscard]] Directory With(
      absl::Span<const OrganisationPtr> organisations) const;

  // Null when there is none. Borrowed from this picture.
  [[nodiscard]] const model::v1::Organisation* Find(
      absl::string_view organisation) const;
  // By "organisations/{o}/members/{m}"; null when there is none.
  [[nodiscard]] const model::v1::Member* FindMember(
      absl::string_view member) const;

  // The system that calls with a certificate of this subject; null when there
  // is none, or two claim it: two answers to "who calls?" are none.
  [[nodiscard]] const model::v1::Member* FindByCertificate(
      absl::string_view subject) const;

  // The member whom a token of this subject names, "ISSUER#SUBJECT"; null as
  // above.
  [[nodiscard]] const model::v1::Member* FindByToken(
      absl::string_view subject) const;

  // By name, in order.
  [[nodiscard]] const std::map<std::string, OrganisationPtr, std::less<>>&
  organisations() const {
    return organisations_;
  }
  // Those that offer a service, by name.
  [[nodiscard]] absl::Span<const model::v1::Organisation* const> Offering(
      absl::string_view service) const;

 private:
  std::map<std::string, OrganisationPtr, std::less<>> organisations_;
  std::map<std::string, std::vector<const model::v1::Organisation*>,
           std::less<>>
      by_service_;
  // Null where two claim it.
  using BySubject =
      std::map<std::string, const model::v1::Member*, std::less<>>;
  BySubject by_certificate_;
  BySubject by_token_;
};

// Whether a record with dates holds on a day; empty dates are open.
[[nodiscard]] bool HoldsOn(const std::string& valid_from,
                           const std::string& valid_to, absl::CivilDay day);

// "organisations/{o}" of "organisations/{o}/members/{m}"; the whole otherwise.
[[nodiscard]] absl::string_view OrganisationOf(absl::string_view member);

}  // namespace careroute::directory

#endif  // CAREROUTE_LIB_DIRECTORY_DIRECTORY_H_
