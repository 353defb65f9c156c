#include "lib/api/measure_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/measure_service.pb.h"
#include "lib/api/page_token.h"
#include "lib/base/status_macros.h"
#include "lib/measures/measure_sets.h"

namespace careroute::api {
namespace {

using measures::FoundMeasure;
using measures::MeasureSet;

using TextOf = std::string (MeasureSet::*)(absl::string_view,
                                           absl::string_view) const;

// One text in every language of the set.
void Localise(const MeasureSet& set, TextOf text, const std::string& key,
              model::v1::LocalizedText& to) {
  for (const std::string& language : set.message().languages()) {
    model::v1::Translation& one = *to.add_translations();
    one.set_language(language);
    one.set_text((set.*text)(key, language));
  }
}

v1::MeasureRow RowOf(const FoundMeasure& found, absl::CivilDay today) {
  const MeasureSet& set = *found.set;
  const std::string key = absl::StrCat("measure/", found.measure->id());
  v1::MeasureRow row;
  row.set_set(set.message().id());
  row.set_edition(set.message().edition());
  *row.mutable_measure() = *found.measure;
  Localise(set, &MeasureSet::Text, key, *row.mutable_title());
  Localise(set, &MeasureSet::FamilyText, key, *row.mutable_family());
  for (const std::string& kind : found.measure->documents()) {
    Localise(set, &MeasureSet::Text, absl::StrCat("document/", kind),
             *row.add_documents());
  }
  row.set_demo(set.message().demo());
  row.set_stale(set.IsStaleOn(*found.measure, today));
  return row;
}

absl::StatusOr<Served> List(const engine::Engine& engine, const CallPtr& call,
                            const v1::ListMeasuresRequest& request) {
  std::vector<FoundMeasure> all;
  for (const auto& set : engine.measures().list()) {
    for (const model::v1::SupportMeasure& one : set->message().measures()) {
      all.push_back({.set = set.get(), .measure = &one});
    }
  }
  CAREROUTE_ASSIGN_OR_RETURN(const ListPage page,
                             PageOf({.scope = call->method,
                                     .page_size = request.page_size(),
                                     .page_token = request.page_token(),
                                     .rows = all.size()}));
  // A day more or less makes no check stale that anybody should rely on.
  const absl::CivilDay today =
      absl::ToCivilDay(engine.clock().Now(), absl::UTCTimeZone());
  v1::ListMeasuresResponse response;
  for (size_t i = page.begin; i < page.end; ++i) {
    *response.add_measures() = RowOf(all[i], today);
  }
  response.set_next_page_token(page.next_token);
  return Served{.bytes = response.SerializeAsString()};
}

}  // namespace

void AddMeasureMethods(Pipeline& pipeline) {
  const engine::Engine& engine = pipeline.engine();
  pipeline.Unary<v1::ListMeasuresRequest>(
      "careroute.api.v1.MeasureService.ListMeasures",
      [&engine](const CallPtr& call, const v1::ListMeasuresRequest& request,
                base::Done<Served> done) {
        std::move(done)(List(engine, call, request));
      });
}

}  // namespace careroute::api
