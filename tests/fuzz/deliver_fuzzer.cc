// A batch from another hub: whatever it holds, the hub stands, answers once,
// and what it has taken it has taken once.
//
// An input that begins with a line "raw" goes on with the bytes of a
// DeliverRequest. Any other is envelopes, a line "==" between two; they are
// signed as the peer would sign them, so that what they hold is reached. The
// first line of each says what follows: text, bytes, or damaged, which is
// textproto, a line "--" and bytes that say what goes wrong with it.
//
// Held: every batch is answered once, never by INTERNAL, UNKNOWN or DATA_LOSS;
// the receipt is signed and has a verdict an envelope; what was taken stays
// taken when it comes again; no text of a refusal repeats what was sent.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "careroute/exchange/v1/envelope.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/exchange/manifest.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/exchange/testing/scripted_hub.h"
#include "tests/fuzz/byte_source.h"
#include "tests/fuzz/damage.h"

namespace careroute::fuzz {
namespace {

using exchange::testing::HubNetwork;
using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;
using exchange::v1::EnvelopeVerdict;

constexpr uint64_t kSeed = 1;
constexpr absl::string_view kRaw = "raw\n";
// Envelopes of one input; more only take longer.
constexpr size_t kEnvelopesMax = 16;
// The seeds say it where a person's data stands.
constexpr char kCanary[] = "Canary";

void ReadText(absl::string_view text, exchange::v1::Envelope& envelope) {
  class Silent final : public google::protobuf::io::ErrorCollector {
    void AddError(int, int, const std::string&) override {}
  } silent;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&silent);
  parser.ParseFromString(std::string(text), &envelope);
}

std::string EnvelopeOf(absl::string_view section) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(section, absl::MaxSplits('\n', 1));
  if (parts.first == "bytes") return std::string(parts.second);
  exchange::v1::Envelope envelope;
  constexpr absl::string_view kEnd = "\n--\n";
  const size_t end = std::min(parts.second.find(kEnd), parts.second.size());
  ReadText(parts.second.substr(0, end), envelope);
  if (parts.first == "damaged") {
    const absl::string_view rest =
        parts.second.substr(std::min(parts.second.size(), end + kEnd.size()));
    ByteSource bytes(reinterpret_cast<const uint8_t*>(rest.data()),
                     rest.size());
    for (int i = 0; i < 8 && !bytes.empty(); ++i) Damage(bytes, envelope);
  }
  return envelope.SerializeAsString();
}

DeliverRequest RequestOf(absl::string_view input, HubNetwork& hubs) {
  if (absl::StartsWith(input, kRaw)) {
    const absl::string_view bytes = input.substr(kRaw.size());
    DeliverRequest request;
    request.ParsePartialFromString(std::string(bytes));
    return request;
  }
  exchange::testing::Posting posting{.from = "west", .to = "east"};
  for (const absl::string_view one : absl::StrSplit(input, "\n==\n")) {
    if (posting.envelopes.size() < kEnvelopesMax) {
      posting.envelopes.push_back(EnvelopeOf(one));
    }
  }
  return exchange::testing::SignedBatch(hubs, posting);
}

// The verdicts; none when the batch was refused as a whole.
std::vector<EnvelopeVerdict> Deliver(const DeliverRequest& request,
                                     HubNetwork& hubs) {
  std::optional<absl::StatusOr<DeliverResponse>> answer;
  hubs.exchange("east").Deliver(
      "west", request, [&answer](absl::StatusOr<DeliverResponse> given) {
        CAREROUTE_CHECK(!answer.has_value());
        answer = std::move(given);
      });
  hubs.bench("east").executor().RunReady();
  CAREROUTE_CHECK(answer.has_value());
  const absl::Status& status = answer->status();
  CAREROUTE_CHECK(!absl::IsInternal(status) && !absl::IsUnknown(status) &&
                  !absl::IsDataLoss(status));
  CAREROUTE_CHECK(!absl::StrContains(status.message(), kCanary));
  if (!status.ok()) return {};
  const auto receipt = exchange::OpenReceipt(
      {.bytes = (*answer)->receipt(), .signature = (*answer)->signature()},
      hubs.Describe("east").keys);
  CAREROUTE_CHECK(receipt.ok());
  CAREROUTE_CHECK(receipt->verdicts_size() == request.envelopes_size());
  return {receipt->verdicts().begin(), receipt->verdicts().end()};
}

void HoldVerdict(const EnvelopeVerdict& verdict) {
  CAREROUTE_CHECK(verdict.fate() != exchange::v1::ENVELOPE_FATE_UNSPECIFIED);
  const bool refused = verdict.fate() == exchange::v1::ENVELOPE_FATE_REFUSED;
  CAREROUTE_CHECK(refused != verdict.why().empty());
  CAREROUTE_CHECK(!absl::StrContains(verdict.why(), kCanary));
  const bool gap = verdict.fate() == exchange::v1::ENVELOPE_FATE_GAP;
  CAREROUTE_CHECK(gap == (verdict.expected() > 0));
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using careroute::fuzz::Deliver;
  // It would print what is wrong with every input, by itself.
  google::protobuf::SetLogHandler(nullptr);
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  careroute::exchange::testing::HubNetwork hubs(careroute::fuzz::kSeed);
  const auto request = careroute::fuzz::RequestOf(input, hubs);
  const auto first = Deliver(request, hubs);
  for (const auto& verdict : first) careroute::fuzz::HoldVerdict(verdict);
  const auto second = Deliver(request, hubs);
  CAREROUTE_CHECK(first.size() == second.size());
  for (size_t i = 0; i < first.size(); ++i) {
    careroute::fuzz::HoldVerdict(second[i]);
    CAREROUTE_CHECK(first[i].fate() !=
                        careroute::exchange::v1::ENVELOPE_FATE_TAKEN ||
                    second[i].fate() == first[i].fate());
  }
  return 0;
}
