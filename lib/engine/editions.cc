#include "lib/engine/editions.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "careroute/event/v1/hub_event.pb.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

model::v1::PublishedEdition Describe(const pathway::Edition& edition,
                                     absl::Time now) {
  const model::v1::Pathway& pathway = edition.pathway();
  model::v1::PublishedEdition published;
  model::v1::EditionRef& ref = *published.mutable_edition();
  ref.set_pathway(pathway.id());
  ref.set_edition(pathway.edition());
  ref.set_overlay(pathway.overlay());
  ref.set_hash(edition.hash());
  for (const std::string& language : pathway.languages()) {
    model::v1::Translation& title =
        *published.mutable_title()->add_translations();
    title.set_language(language);
    title.set_text(std::string(edition.Text("pathway", language)));
  }
  published.set_jurisdiction(pathway.jurisdiction());
  published.set_valid_from(pathway.valid_from());
  published.set_valid_to(pathway.valid_to());
  *published.mutable_publish_time() = internal::ToProto(now);
  return published;
}

bool SameName(const model::v1::EditionRef& a, const model::v1::EditionRef& b) {
  return a.pathway() == b.pathway() && a.edition() == b.edition() &&
         a.overlay() == b.overlay();
}

bool CoversDay(const model::v1::PublishedEdition& edition,
               const std::string& day) {
  return (edition.valid_from().empty() || edition.valid_from() <= day) &&
         (edition.valid_to().empty() || day <= edition.valid_to());
}

// "RU-KHA" is served by an edition for "RU-KHA" (2), else for "RU" (1).
int JurisdictionFit(const model::v1::PublishedEdition& edition,
                    absl::string_view jurisdiction) {
  if (edition.jurisdiction() == jurisdiction) return 2;
  return absl::StartsWith(jurisdiction,
                          absl::StrCat(edition.jurisdiction(), "-"))
             ? 1
             : 0;
}

const model::v1::PublishedEdition* Best(const HubState& hub,
                                        const Editions::ChooseRequest& want) {
  const std::string day = absl::FormatCivilTime(want.day);
  const model::v1::PublishedEdition* best = nullptr;
  int best_fit = 0;
  for (const model::v1::PublishedEdition& edition : hub.editions) {
    if (edition.edition().pathway() != want.pathway) continue;
    const int fit = JurisdictionFit(edition, want.jurisdiction);
    if (fit == 0 || !CoversDay(edition, day)) continue;
    if (fit >= best_fit) {  // later publishing wins among equals
      best = &edition;
      best_fit = fit;
    }
  }
  return best;
}

// Said to whoever reports a need: what was looked for, and what would help.
std::string NoneApplies(const Editions::ChooseRequest& want) {
  const std::string region = want.jurisdiction.empty()
                                 ? "a region that is not known"
                                 : absl::StrCat("region ", want.jurisdiction);
  return absl::StrCat("no edition of pathway ", want.pathway,
                      " is published for ", region, " on ",
                      absl::FormatCivilTime(want.day),
                      "; publish the pathway with an overlay for that region "
                      "that is valid on that day, or correct the region of "
                      "the address or the organisation");
}

}  // namespace

Editions::Editions(const Options& options)
    : store_(options.store),
      clock_(options.clock),
      hub_({.store = options.store,
            .clock = options.clock,
            .executor = options.executor}) {}

void Editions::Publish(PublishRequest request, base::Done<Reply> done) {
  absl::StatusOr<EditionPtr> edition =
      request.edition != nullptr
          ? absl::StatusOr<EditionPtr>(request.edition)
          : pathway::Edition::FromBound(request.bound, "");
  if (!edition.ok()) {
    std::move(done)(edition.status());
    return;
  }
  const auto published = std::make_shared<const model::v1::PublishedEdition>(
      Describe(**edition, clock_.Now()));
  store::PutBlobRequest blob{
      .kind = kEditionBlob, .bytes = request.bound, .now = clock_.Now()};
  store_.PutBlob(
      std::move(blob), [this, published, edition = *std::move(edition),
                        request = std::move(request), done = std::move(done)](
                           absl::StatusOr<std::string> hash) mutable {
        if (!hash.ok()) {
          std::move(done)(hash.status());
          return;
        }
        RequestInfo info = request.info;
        const bool validate_only = info.validate_only;
        hub_.Execute(
            kHubStream, std::move(info),
            [this, published, request = std::move(request)](
                const Loaded<HubState>& hub,
                base::Done<Plan<HubState>> planned) {
              Append(request, hub, *published, std::move(planned));
            },
            [this, edition, validate_only,
             done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
              if (reply.ok() && !reply->refusal.has_value() && !validate_only) {
                Learn(edition);
              }
              std::move(done)(std::move(reply));
            });
      });
}

void Editions::Append(const PublishRequest& request,
                      const Loaded<HubState>& hub,
                      model::v1::PublishedEdition published,
                      base::Done<Plan<HubState>> done) const {
  Plan<HubState> plan;
  for (const model::v1::PublishedEdition& known : hub.state->editions) {
    if (!SameName(known.edition(), published.edition())) continue;
    if (known.edition().hash() != published.edition().hash()) {
      plan.refusal = internal::MakeRefusal(
          {.reason = model::v1::ERROR_REASON_EDITION_EXISTS,
           .message_key = "edition_exists",
           .message = "this edition was published with other content; an "
                      "edition never changes: give it a new number"});
    } else {
      plan.answer = request.make_answer(known);
    }
    std::move(done)(std::move(plan));
    return;
  }
  event::v1::HubEvent event;
  event::v1::EventHeader& header = *event.mutable_header();
  header.set_version(hub.version + 1);
  *header.mutable_happened_time() = published.publish_time();
  *header.mutable_recorded_time() = published.publish_time();
  *header.mutable_actor() = request.info.actor;
  header.set_request_id(request.info.request_id);
  header.set_format(1);
  *event.mutable_edition_published()->mutable_published() = published;
  auto after = std::make_shared<HubState>(*hub.state);
  plan.answer = request.make_answer(published);
  after->editions.push_back(std::move(published));
  plan.after = std::move(after);
  plan.events.push_back(event.SerializeAsString());
  std::move(done)(std::move(plan));
}

void Editions::Find(const std::string& hash, base::Done<EditionPtr> done) {
  EditionPtr known;
  {
    base::MutexLock lock(mutex_);
    const auto it = parsed_.find(hash);
    if (it != parsed_.end()) known = it->second;
  }
  if (known != nullptr) {
    std::move(done)(std::move(known));
    return;
  }
  FetchBlob(hash, std::move(done));
}

void Editions::FetchBlob(const std::string& hash, base::Done<EditionPtr> done) {
  store_.GetBlob(
      hash, [this, hash, done = std::move(done)](
                absl::StatusOr<std::optional<store::Blob>> blob) mutable {
        if (!blob.ok()) {
          std::move(done)(blob.status());
          return;
        }
        if (!blob->has_value()) {
          std::move(done)(absl::NotFoundError("no such edition is published"));
          return;
        }
        absl::StatusOr<EditionPtr> edition =
            pathway::Edition::FromBound(std::move((*blob)->bytes), hash);
        if (edition.ok()) Learn(*edition);
        std::move(done)(std::move(edition));
      });
}

void Editions::Choose(ChooseRequest request, base::Done<EditionPtr> done) {
  hub_.Load(
      kHubStream, [this, request = std::move(request), done = std::move(done)](
                      absl::StatusOr<Loaded<HubState>> hub) mutable {
        if (!hub.ok()) {
          std::move(done)(hub.status());
          return;
        }
        const model::v1::PublishedEdition* best = Best(*hub->state, request);
        if (best == nullptr) {
          std::move(done)(absl::NotFoundError(NoneApplies(request)));
          return;
        }
        Find(best->edition().hash(), std::move(done));
      });
}

void Editions::Start(base::DoneStatus done) {
  List([this, done = std::move(done)](
           absl::StatusOr<std::vector<model::v1::PublishedEdition>>
               all) mutable {
    if (!all.ok()) {
      std::move(done)(all.status());
      return;
    }
    auto hashes = std::make_shared<std::vector<std::string>>();
    for (const model::v1::PublishedEdition& one : *all) {
      hashes->push_back(one.edition().hash());
    }
    LearnAll(std::move(hashes), std::move(done));
  });
}

void Editions::LearnAll(std::shared_ptr<std::vector<std::string>> hashes,
                        base::DoneStatus done) {
  if (hashes->empty()) {
    std::move(done)(absl::OkStatus());
    return;
  }
  const std::string hash = std::move(hashes->back());
  hashes->pop_back();
  // One that cannot be read must not keep the others from being served.
  Find(hash, [this, hashes = std::move(hashes), done = std::move(done)](
                 const absl::StatusOr<EditionPtr>&) mutable {
    LearnAll(std::move(hashes), std::move(done));
  });
}

void Editions::Learn(const EditionPtr& edition) {
  base::MutexLock lock(mutex_);
  parsed_.emplace(edition->hash(), edition);
  for (const std::string& purpose : edition->pathway().purposes()) {
    purposes_.insert(purpose);
  }
}

bool Editions::DeclaresPurpose(absl::string_view purpose) const {
  base::MutexLock lock(mutex_);
  return purposes_.find(purpose) != purposes_.end();
}

void Editions::List(base::Done<std::vector<model::v1::PublishedEdition>> done) {
  hub_.Load(kHubStream, [done = std::move(done)](
                            absl::StatusOr<Loaded<HubState>> hub) mutable {
    if (!hub.ok()) {
      std::move(done)(hub.status());
      return;
    }
    std::vector<model::v1::PublishedEdition> editions(
        hub->state->editions.rbegin(), hub->state->editions.rend());
    std::move(done)(std::move(editions));
  });
}

}  // namespace careroute::engine
