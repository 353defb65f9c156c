#include "services/command/mock_deed_words.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "services/command/text_width.h"

namespace careroute::services {
namespace {

using testing::v1::MockDeed;

// Of the columns, with the gap after them.
constexpr int kTimeWidth = 18;
constexpr int kActWidth = 17;
constexpr int kStepWidth = 20;
constexpr int kRuleWidth = 16;

std::string SendingWords(const MockDeed& deed, bool russian) {
  switch (deed.sending()) {
    case testing::v1::MOCK_SENDING_REPEAT:
      return russian ? "тот же запрос ещё раз: " : "same request again: ";
    case testing::v1::MOCK_SENDING_ANEW:
      return russian ? "ещё один запрос: " : "another request: ";
    default:
      return "";
  }
}

std::string AnswerWords(const MockDeed& deed, bool russian) {
  if (!deed.refused().empty()) {
    return absl::StrCat(russian ? "отказано" : "refused", " ", deed.refused(),
                        ": ", deed.why());
  }
  if (deed.sending() != testing::v1::MOCK_SENDING_UNSPECIFIED) {
    return russian ? "принято" : "done";
  }
  if (deed.act() != "came" || !deed.rule().empty()) return "";
  return russian ? "ни одно правило не подходит" : "no rule fits";
}

// Never less than one space, so that columns can be cut apart.
std::string Column(const std::string& text, int width) {
  return absl::StrCat(Pad(Clean(text), width - 1), " ");
}

}  // namespace

std::string WordsOf(const MockDeed& deed, const Wall& wall) {
  const bool russian = wall.language() == "ru";
  const std::string answer = AnswerWords(deed, russian);
  return absl::StrCat(
      Column(wall.Moment(deed.time()), kTimeWidth),
      Column(deed.act(), kActWidth), Column(deed.step(), kStepWidth),
      Column(deed.rule().empty() ? "-" : deed.rule(), kRuleWidth),
      Clean(deed.referral()), answer.empty() ? "" : "  ",
      SendingWords(deed, russian), Clean(answer), "\n");
}

absl::StatusOr<std::string> JsonLine(const MockDeed& deed) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(deed, &json, options);
  if (!status.ok()) {
    return absl::DataLossError(absl::StrCat(
        "what was done at ", deed.time().seconds(),
        " s since 1970 by the hub's clock is no line of JSON: ",
        std::string(status.message()), "; is the hub of --hub a careroute?"));
  }
  return absl::StrCat(json, "\n");
}

}  // namespace careroute::services
