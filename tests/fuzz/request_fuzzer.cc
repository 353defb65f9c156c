// Any request of any method: checked, and where the check lets it pass, asked
// of a hub in memory.
//
// An input is requests one after the other, a line "==" between two. The first
// line of each is the method's short name and the form of what follows: text,
// json, bytes, or damaged, which is textproto, a line "--" and bytes that say
// what goes wrong with it.
//
// Held: every problem can be acted on; what passes obeys the bounds of its
// fields, as a second reader of them finds; what does not is refused as
// INVALID_ARGUMENT; every request is answered once, never by INTERNAL, and no
// answer repeats what the caller said of a person.

#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "lib/api/request_check.h"
#include "lib/base/check.h"
#include "tests/fuzz/byte_source.h"
#include "tests/fuzz/damage.h"
#include "tests/fuzz/memory_hub.h"
#include "tests/fuzz/sound_request.h"

namespace careroute::fuzz {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageFactory;

// Deeper than a message may be nested on the wire, so that this is tried too;
// not so deep that the parser of texts is what is tried.
constexpr int kTextDepth = 150;
// Requests of one input; more only take longer.
constexpr int kRequestsMax = 8;

std::string FromText(absl::string_view text, Message& message) {
  class Silent final : public google::protobuf::io::ErrorCollector {
    void AddError(int, int, const std::string&) override {}
  } silent;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&silent);
  parser.SetRecursionLimit(kTextDepth);
  parser.ParseFromString(std::string(text), &message);
  return message.SerializeAsString();
}

std::string FromJson(absl::string_view text, Message& message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status = google::protobuf::util::JsonStringToMessage(
      {text.data(), text.size()}, &message, options);
  return status.ok() ? message.SerializeAsString() : std::string();
}

std::string FromDamaged(absl::string_view text, Message& message) {
  constexpr absl::string_view kEnd = "\n--\n";
  const size_t end = std::min(text.find(kEnd), text.size());
  FromText(text.substr(0, end), message);
  const absl::string_view rest =
      text.substr(std::min(text.size(), end + kEnd.size()));
  ByteSource bytes(reinterpret_cast<const uint8_t*>(rest.data()), rest.size());
  for (int i = 0; i < 8 && !bytes.empty(); ++i) {
    Damage(bytes, message);
  }
  return message.SerializeAsString();
}

// The bytes a caller would send.
std::string BytesOf(absl::string_view form, absl::string_view body,
                    Message& message) {
  if (form == "text") {
    return FromText(body, message);
  }
  if (form == "json") {
    return FromJson(body, message);
  }
  return form == "damaged" ? FromDamaged(body, message) : std::string(body);
}

// The method of that name; of any other name one of them all the same.
const api::Method& Choose(const api::MethodTable& table,
                          absl::string_view name) {
  size_t sum = 0;
  for (const char one : name) {
    sum += static_cast<unsigned char>(one);
  }
  for (const auto& [full_name, method] : table.methods()) {
    if (method.descriptor->name() == name) {
      return method;
    }
  }
  return std::next(table.methods().begin(),
                   static_cast<std::ptrdiff_t>(sum % table.methods().size()))
      ->second;
}

void HoldProblems(const base::Problems& problems) {
  CAREROUTE_CHECK(problems.list().size() <= base::Problems::kProblemsMax);
  for (const base::Problem& problem : problems.list()) {
    CAREROUTE_CHECK(!problem.reason.empty());
    CAREROUTE_CHECK(!problem.message.empty());
    CAREROUTE_CHECK(!problem.mend.empty());
  }
}

// Whether the hub must refuse the bytes for their form.
bool MustRefuse(const Message& prototype, const std::string& bytes) {
  const std::unique_ptr<Message> message(prototype.New());
  base::Problems problems;
  if (!message->ParseFromString(bytes)) {
    api::RequestCheck::ExplainUnparsable(*prototype.GetDescriptor(), bytes,
                                         problems);
    CAREROUTE_CHECK(problems.HasErrors());
  } else {
    api::RequestCheck check;
    check.Prepare(*prototype.GetDescriptor());
    check.Check(*message, problems);
    CAREROUTE_CHECK(problems.HasErrors() || IsSound(*message));
  }
  HoldProblems(problems);
  return problems.HasErrors();
}

void HoldAnswer(const absl::Status& status, bool must_refuse,
                const Message& request) {
  CAREROUTE_CHECK(!must_refuse || absl::IsInvalidArgument(status));
  CAREROUTE_CHECK(!absl::IsInternal(status) && !absl::IsUnknown(status) &&
                  !absl::IsDataLoss(status));
  std::string said(status.message());
  status.ForEachPayload([&said](absl::string_view, const absl::Cord& payload) {
    absl::StrAppend(&said, std::string(payload));
  });
  for (const std::string& secret : SecretsOf(request)) {
    CAREROUTE_CHECK(!absl::StrContains(said, secret));
  }
}

void AskOne(absl::string_view request, MemoryHub& hub) {
  const std::pair<absl::string_view, absl::string_view> head =
      absl::StrSplit(request, absl::MaxSplits('\n', 1));
  const std::pair<absl::string_view, absl::string_view> words =
      absl::StrSplit(head.first, absl::MaxSplits(' ', 1));
  const api::Method& method = Choose(hub.table(), words.first);
  const Message& prototype = *MessageFactory::generated_factory()->GetPrototype(
      method.descriptor->input_type());
  const std::unique_ptr<Message> message(prototype.New());
  const std::string bytes = BytesOf(words.second, head.second, *message);
  const bool must_refuse = MustRefuse(prototype, bytes);
  const std::unique_ptr<Message> sent(prototype.New());
  sent->ParsePartialFromString(bytes);
  HoldAnswer(hub.Ask(method, bytes), must_refuse, *sent);
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // It would print what is wrong with every input, by itself.
  google::protobuf::SetLogHandler(nullptr);
  const absl::string_view whole(reinterpret_cast<const char*>(data), size);
  careroute::fuzz::MemoryHub hub;
  int asked = 0;
  for (const absl::string_view one : absl::StrSplit(whole, "\n==\n")) {
    if (++asked <= careroute::fuzz::kRequestsMax) {
      careroute::fuzz::AskOne(one, hub);
    }
  }
  return 0;
}
