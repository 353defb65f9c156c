// lib/engine/testing/route_sample.h: a small case whose route tests draw.
//
// Written by hand, without a command or a store: informed on 1 April 2025,
// refused by one centre on the 4th, waiting for another since; its limit is
// over at the end of the 8th. A test changes what it is about and draws.
//
//   RouteSample sample;
//   sample.state.tracks = {"palliative"};
//   const model::v1::Route route = sample.Build();
//
// Reads the catalogue of calendars, testdata/route-pathway.textproto and
// testdata/route-measures.textproto from the source directory, where tests run.
// Not thread-safe.

#ifndef CAREROUTE_LIB_ENGINE_TESTING_ROUTE_SAMPLE_H_
#define CAREROUTE_LIB_ENGINE_TESTING_ROUTE_SAMPLE_H_

#include <vector>

#include "absl/time/time.h"
#include "lib/calendar/calendar_set.h"
#include "lib/casework/case.h"
#include "lib/engine/route.h"

namespace careroute::engine::testing {

// Identified the child and coordinates; asked, refused; asked, silent so far.
inline constexpr char kClinic[] = "organisations/clinic";
inline constexpr char kCentre[] = "organisations/centre";
inline constexpr char kOther[] = "organisations/other";
inline constexpr char kAnna[] = "organisations/clinic/members/anna";
inline constexpr char kMother[] = "persons/00000000000000000000000000000002";
inline constexpr char kDeputy[] = "organisations/clinic/members/boris";

// An instant of 2025; noon in Khabarovsk unless the hour (UTC) is given.
[[nodiscard]] absl::Time At(int month, int day, int hour = 2);

class RouteSample {
 public:
  RouteSample();
  RouteSample(const RouteSample&) = delete;
  RouteSample& operator=(const RouteSample&) = delete;

  [[nodiscard]] model::v1::Route Build();

  casework::Case state;
  CaseReading reading;  // its state is set by Build
  RouteOptions options;

 private:
  calendar::CalendarSet calendars_;
  measures::MeasureSets measures_;
  std::vector<PersonName> names_ = {
      {.person = kMother, .name = "Иванова Мария"}};
};

}  // namespace careroute::engine::testing

#endif  // CAREROUTE_LIB_ENGINE_TESTING_ROUTE_SAMPLE_H_
