#include "lib/catalogue/check_sources.h"

#include <string>

#include "careroute/model/v1/source.pb.h"
#include "careroute/model/v1/text.pb.h"
#include "lib/catalogue/walk_message.h"

namespace careroute::catalogue {
namespace {

using google::protobuf::Message;
using model::v1::Source;

// Read, or set by a region, without saying where.
bool NamesNothing(const Source& source) {
  return (source.provenance() == model::v1::PROVENANCE_CONFIRMED ||
          source.provenance() == model::v1::PROVENANCE_SECOND_HAND ||
          source.provenance() == model::v1::PROVENANCE_REGION) &&
         source.act().empty() && source.references().empty();
}

void CheckSource(base::Problems& problems, const Source& source,
                 const std::string& path) {
  if (source.provenance() == model::v1::PROVENANCE_RECALLED &&
      source.confidence() == model::v1::CONFIDENCE_UNSPECIFIED) {
    problems.Warning(path, "NO_CONFIDENCE",
                     "recalled law does not say how well it is remembered",
                     "state the confidence");
  }
  if (source.provenance() != model::v1::PROVENANCE_RECALLED &&
      source.confidence() != model::v1::CONFIDENCE_UNSPECIFIED) {
    problems.Warning(path + ".confidence", "NEEDLESS_CONFIDENCE",
                     "only recalled law states a confidence", "remove it");
  }
  if (source.provenance() == model::v1::PROVENANCE_UNSPECIFIED) {
    problems.Error(path, "NO_PROVENANCE", "the source has no provenance",
                   "state it");
  }
  if (NamesNothing(source)) {
    problems.Error(path + ".act", "NO_ACT", "nobody says which act it is",
                   "cite act and article, or the reference");
  }
  if (!source.valid_to().empty() && source.valid_to() < source.valid_from()) {
    problems.Error(path + ".valid_to", "ENDS_BEFORE_IT_BEGINS",
                   "ends before it begins", "correct the dates");
  }
}

}  // namespace

void CheckSourcesOf(const Message& root, base::Problems& problems) {
  WalkMessages(root, [&](const Message& part, const std::string& path) {
    if (part.GetDescriptor() == Source::descriptor()) {
      CheckSource(problems, static_cast<const Source&>(part), path);
    }
    return part.GetDescriptor() != model::v1::TextTable::descriptor();
  });
}

}  // namespace careroute::catalogue
