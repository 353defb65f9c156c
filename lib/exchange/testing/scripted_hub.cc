#include "lib/exchange/testing/scripted_hub.h"

#include "lib/base/check.h"
#include "lib/base/hash.h"
#include "lib/exchange/manifest.h"

namespace careroute::exchange::testing {

v1::EnvelopeVerdict Fate(v1::EnvelopeFate fate) {
  v1::EnvelopeVerdict verdict;
  verdict.set_fate(fate);
  return verdict;
}

v1::EnvelopeVerdict GapAt(int32_t expected) {
  v1::EnvelopeVerdict verdict = Fate(v1::ENVELOPE_FATE_GAP);
  verdict.set_expected(expected);
  return verdict;
}

v1::EnvelopeVerdict RefusedAs(const std::string& why) {
  v1::EnvelopeVerdict verdict = Fate(v1::ENVELOPE_FATE_REFUSED);
  verdict.set_why(why);
  return verdict;
}

v1::DeliverRequest SignedBatch(HubNetwork& hubs, const Posting& posting) {
  v1::Manifest manifest;
  manifest.set_from_hub(posting.from);
  manifest.set_to_hub(posting.to);
  manifest.set_epoch(1);
  manifest.set_batch(posting.batch);
  v1::DeliverRequest request;
  for (const std::string& one : posting.envelopes) {
    manifest.add_hashes(base::Sha256(one));
    request.add_envelopes(one);
  }
  SignedBytes made = Sign(manifest, hubs.signer(posting.from));
  request.set_manifest(std::move(made.bytes));
  *request.mutable_signature() = std::move(made.signature);
  return request;
}

ScriptedHub::ScriptedHub(HubNetwork& hubs, std::string hub, Script script)
    : hubs_(hubs), hub_(std::move(hub)), script_(std::move(script)) {
  hubs_.network().Join(hub_,
                       [this](const std::string&, v1::DeliverRequest request,
                              base::Done<v1::DeliverResponse> done) {
                         Answer(request, std::move(done));
                       });
}

void ScriptedHub::Answer(const v1::DeliverRequest& request,
                         base::Done<v1::DeliverResponse> done) {
  ++batches_;
  v1::Manifest manifest;
  CAREROUTE_CHECK(manifest.ParseFromString(request.manifest()));
  v1::Receipt receipt;
  receipt.set_from_hub(hub_);
  receipt.set_to_hub(manifest.from_hub());
  receipt.set_manifest_hash(base::Sha256(request.manifest()));
  receipt.set_epoch(1);
  for (const std::string& bytes : request.envelopes()) {
    v1::Envelope envelope;
    CAREROUTE_CHECK(envelope.ParseFromString(bytes));
    *receipt.add_verdicts() = script_(envelope);
    seen_.push_back(std::move(envelope));
    bytes_.push_back(bytes);
  }
  SignedBytes made = Sign(receipt, hubs_.signer(hub_));
  v1::DeliverResponse response;
  response.set_receipt(std::move(made.bytes));
  *response.mutable_signature() = std::move(made.signature);
  std::move(done)(std::move(response));
}

}  // namespace careroute::exchange::testing
