#include <string>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/needed_texts.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"

namespace careroute::scoring::internal {
namespace {

using catalogue::FieldPath;
using catalogue::NeededTexts;
using google::protobuf::RepeatedPtrField;
using model::v1::Instrument;
using model::v1::InstrumentOption;

void NeedOptions(const std::string& prefix,
                 const RepeatedPtrField<InstrumentOption>& options,
                 const std::string& path, NeededTexts& needed) {
  for (int i = 0; i < options.size(); ++i) {
    needed.Need(prefix + options.Get(i).id(), FieldPath(path, "options", i));
  }
}

template <typename List>
void NeedAll(absl::string_view kind, absl::string_view field, const List& list,
             NeededTexts& needed) {
  for (int i = 0; i < list.size(); ++i) {
    needed.Need(absl::StrCat(kind, "/", list.Get(i).id()),
                FieldPath("", field, i));
  }
}

NeededTexts NeededBy(const Instrument& instrument) {
  NeededTexts needed;
  needed.Need("instrument", "");
  for (int i = 0; i < instrument.scales_size(); ++i) {
    NeedOptions(absl::StrCat("scale/", instrument.scales(i).id(), "/"),
                instrument.scales(i).options(), FieldPath("", "scales", i),
                needed);
  }
  for (int i = 0; i < instrument.items_size(); ++i) {
    const model::v1::InstrumentItem& item = instrument.items(i);
    const std::string path = FieldPath("", "items", i);
    needed.Need(absl::StrCat("item/", item.id()), path);
    NeedOptions(absl::StrCat("option/", item.id(), "/"),
                item.choice().options(), path + ".choice", needed);
  }
  NeedAll("module", "modules", instrument.modules(), needed);
  NeedAll("level", "levels", instrument.levels(), needed);
  NeedAll("variant", "age_variants", instrument.age_variants(), needed);
  NeedAll("override", "overrides", instrument.overrides(), needed);
  return needed;
}

}  // namespace

void CheckTexts(const Instrument& instrument, base::Problems& problems) {
  catalogue::CheckNeededTexts(
      NeededBy(instrument),
      {.tables = instrument.texts(), .languages = instrument.languages()},
      problems);
}

}  // namespace careroute::scoring::internal
