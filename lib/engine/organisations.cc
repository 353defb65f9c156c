#include "lib/engine/organisations.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/base/status_macros.h"
#include "lib/directory/merge.h"
#include "lib/engine/internal/member_changes.h"
#include "lib/engine/internal/person_keys.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/internal/times.h"
#include "lib/engine/sealing.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

using model::v1::Member;
using model::v1::Organisation;

// Takes the members' names out, to be sealed.
event::v1::PlainPart TakeNames(Organisation& organisation) {
  event::v1::PlainPart names;
  for (Member& member : *organisation.mutable_members()) {
    if (member.display_name().empty()) continue;
    event::v1::PlainText& text = *names.add_texts();
    text.set_field(member.name());
    text.set_text(member.display_name());
    member.clear_display_name();
  }
  return names;
}

void PutNames(const event::v1::PlainPart& names, Organisation& organisation) {
  for (const event::v1::PlainText& text : names.texts()) {
    for (Member& member : *organisation.mutable_members()) {
      if (member.name() == text.field()) member.set_display_name(text.text());
    }
  }
}

casework::OrganisationFacts FactsOf(const Organisation& organisation) {
  casework::OrganisationFacts facts{
      .name = organisation.name(),
      .kind = organisation.kind(),
      .roles = {organisation.roles().begin(), organisation.roles().end()},
      .calendar = organisation.calendar(),
      .zone = organisation.zone(),
      .head = organisation.head(),
      .hub = organisation.hub()};
  for (const model::v1::ServiceOffer& offer : organisation.services()) {
    facts.services.push_back(offer.service());
  }
  return facts;
}

event::v1::EventHeader HeaderOf(const RequestInfo& info, int64_t version,
                                absl::Time now) {
  event::v1::EventHeader header;
  header.set_version(version);
  *header.mutable_happened_time() = internal::ToProto(now);
  *header.mutable_recorded_time() = internal::ToProto(now);
  *header.mutable_actor() = info.actor;
  header.set_request_id(info.request_id);
  header.set_format(1);
  return header;
}

// What the hub itself fills in is no part of the description.
bool IsSame(const Organisation& known, Organisation put) {
  put.set_uid(known.uid());
  put.set_etag(known.etag());
  return google::protobuf::util::MessageDifferencer::Equals(known, put);
}

bool HasService(const Organisation& organisation, const std::string& service) {
  for (const model::v1::ServiceOffer& offer : organisation.services()) {
    if (offer.service() == service) return true;
  }
  return false;
}

}  // namespace

Organisations::Organisations(const Options& options)
    : store_(options.store),
      clock_(options.clock),
      random_(options.random),
      keys_(options.keys),
      sealer_(options.sealer),
      streams_({.store = options.store,
                .clock = options.clock,
                .executor = options.executor}),
      picture_(std::make_shared<const DirectoryPicture>()) {}

base::Uid Organisations::UidOf(absl::string_view organisation) {
  return base::DeriveUid({"organisations", organisation});
}

DirectoryPtr Organisations::Current() const {
  base::MutexLock lock(mutex_);
  return picture_;
}

void Organisations::Show(int64_t version, Organisation organisation) {
  base::MutexLock lock(mutex_);
  int64_t& shown_version = shown_[organisation.name()];
  if (shown_version > version) return;
  shown_version = version;
  auto next = std::make_shared<DirectoryPicture>();
  next->facts = picture_->facts;
  next->facts[organisation.name()] = FactsOf(organisation);
  const directory::OrganisationPtr shown =
      std::make_shared<const Organisation>(std::move(organisation));
  next->directory = picture_->directory.With(absl::MakeConstSpan(&shown, 1));
  picture_ = std::move(next);
}

void Organisations::Start(base::DoneStatus done) {
  LoadPage(std::nullopt, std::move(done));
}

void Organisations::LoadPage(std::optional<base::Uid> after,
                             base::DoneStatus done) {
  store_.ListStreams(
      {.kind = store::StreamKind::kOrganisation, .after = after},
      [this,
       done = std::move(done)](absl::StatusOr<store::StreamPage> page) mutable {
        if (!page.ok()) {
          std::move(done)(page.status());
          return;
        }
        auto rest = std::make_shared<std::vector<base::Uid>>();
        for (auto it = page->streams.rbegin(); it != page->streams.rend();
             ++it) {
          rest->push_back(it->stream.id);
        }
        const base::Uid last =
            rest->empty() ? base::Uid{} : page->streams.back().stream.id;
        LoadOne(std::move(rest), std::move(done), page->more, last);
      });
}

void Organisations::LoadOne(std::shared_ptr<std::vector<base::Uid>> rest,
                            base::DoneStatus done, bool more, base::Uid last) {
  if (rest->empty()) {
    if (more) return LoadPage(last, std::move(done));
    std::move(done)(absl::OkStatus());
    return;
  }
  const base::Uid uid = rest->back();
  rest->pop_back();
  Refresh(uid, [this, rest, more, last,
                done = std::move(done)](absl::Status shown) mutable {
    if (!shown.ok()) {
      std::move(done)(std::move(shown));
      return;
    }
    LoadOne(rest, std::move(done), more, last);
  });
}

void Organisations::Refresh(base::Uid uid, base::DoneStatus done) {
  streams_.Load(
      uid, [this, uid, done = std::move(done)](
               absl::StatusOr<Loaded<OrganisationState>> loaded) mutable {
        if (!loaded.ok() || loaded->version == 0) {
          std::move(done)(loaded.status());
          return;
        }
        const int64_t version = loaded->version;
        OpenNames(uid, *std::move(loaded),
                  [this, version, done = std::move(done)](
                      absl::StatusOr<Organisation> organisation) mutable {
                    if (organisation.ok())
                      Show(version, *std::move(organisation));
                    std::move(done)(organisation.status());
                  });
      });
}

void Organisations::OpenNames(base::Uid uid,
                              const Loaded<OrganisationState>& loaded,
                              base::Done<Organisation> done) {
  internal::FetchKey(
      store_, keys_, random_,
      {.kind = store::StreamKind::kOrganisation, .id = uid},
      [this, uid, state = loaded.state,
       done = std::move(done)](absl::StatusOr<internal::KeyPtr> key) mutable {
        std::move(done)(WithNames(*state, uid, key.ok() ? *key : nullptr));
      });
}

absl::StatusOr<Organisation> Organisations::WithNames(
    const OrganisationState& state, const base::Uid& uid,
    const internal::KeyPtr& key) const {
  Organisation organisation = state.organisation;
  if (key == nullptr) return organisation;
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::vector<PlainClassPart> parts,
      OpenParts({.sealer = sealer_, .key = *key, .person = uid, .stream = uid},
                state.sealed_names));
  for (const PlainClassPart& part : parts) PutNames(part.part, organisation);
  return organisation;
}

void Organisations::Execute(ExecuteRequest request, base::Done<Reply> done) {
  const base::Uid uid = UidOf(request.organisation);
  RequestInfo info = request.info;
  auto shared = std::make_shared<ExecuteRequest>(std::move(request));
  streams_.Execute(
      uid, std::move(info),
      [this, uid, shared](const Loaded<OrganisationState>& loaded,
                          base::Done<Plan<OrganisationState>> planned) {
        // A description seals names, so it needs the key: a new one with the
        // first event, the stored one afterwards.
        internal::FetchKey(
            store_, keys_, random_,
            {.kind = store::StreamKind::kOrganisation, .id = uid},
            [this, uid, shared, loaded, planned = std::move(planned)](
                absl::StatusOr<internal::KeyPtr> key) mutable {
              if (!key.ok()) {
                std::move(planned)(key.status());
                return;
              }
              std::move(planned)(DecideOn(*shared, loaded, uid, *key));
            });
      },
      [this, uid, done = std::move(done)](absl::StatusOr<Reply> reply) mutable {
        if (!reply.ok() || reply->refusal.has_value()) {
          std::move(done)(std::move(reply));
          return;
        }
        // What is durable is shown before it is answered.
        Refresh(uid, [reply = *std::move(reply),
                      done = std::move(done)](absl::Status) mutable {
          std::move(done)(std::move(reply));
        });
      });
}

absl::StatusOr<Plan<OrganisationState>> Organisations::DecideOn(
    const ExecuteRequest& request, const Loaded<OrganisationState>& loaded,
    const base::Uid& uid, const internal::KeyPtr& key) {
  const auto& command = request.command;
  if (command.has_put()) return DecidePut(request, loaded, uid, key);
  Plan<OrganisationState> plan;
  if (loaded.version == 0) {
    plan.refusal = internal::NotFound().refusal;
    return plan;
  }
  if (!command.has_report_capacity()) {
    return DecideMember(request, loaded);
  }
  const auto& report = command.report_capacity();
  if (!HasService(loaded.state->organisation, report.service())) {
    plan.refusal = internal::MakeRefusal(
        {.reason = model::v1::ERROR_REASON_NOT_DECLARED,
         .message_key = "service_not_offered",
         .message = "the organisation does not offer this service; import its "
                    "description first"});
    return plan;
  }
  event::v1::OrganisationEvent event;
  *event.mutable_header() =
      HeaderOf(request.info, loaded.version + 1, clock_.Now());
  auto& reported = *event.mutable_capacity_reported();
  reported.set_service(report.service());
  *reported.mutable_capacity() = report.capacity();
  *reported.mutable_capacity()->mutable_update_time() =
      internal::ToProto(clock_.Now());
  CAREROUTE_RETURN_IF_ERROR(Finish(request, loaded, event, plan));
  return plan;
}

absl::StatusOr<Plan<OrganisationState>> Organisations::DecideMember(
    const ExecuteRequest& request, const Loaded<OrganisationState>& loaded) {
  Plan<OrganisationState> plan;
  const model::v1::Organisation& known = loaded.state->organisation;
  event::v1::OrganisationEvent event;
  plan.refusal =
      internal::ChangeMember(request.command, known, UtcDay(), event);
  if (plan.refusal.has_value()) return plan;
  if (event.body_case() == event::v1::OrganisationEvent::BODY_NOT_SET) {
    if (request.make_answer != nullptr) {
      plan.answer = request.make_answer(known);
    }
    return plan;
  }
  *event.mutable_header() =
      HeaderOf(request.info, loaded.version + 1, clock_.Now());
  CAREROUTE_RETURN_IF_ERROR(Finish(request, loaded, event, plan));
  return plan;
}

absl::CivilDay Organisations::UtcDay() const {
  return absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone());
}

absl::StatusOr<Plan<OrganisationState>> Organisations::DecidePut(
    const ExecuteRequest& request, const Loaded<OrganisationState>& loaded,
    const base::Uid& uid, const internal::KeyPtr& key) {
  Plan<OrganisationState> plan;
  CAREROUTE_ASSIGN_OR_RETURN(const Organisation known,
                             WithNames(*loaded.state, uid, key));
  Organisation put = request.command.put().organisation();
  if (loaded.version > 0) {
    put = directory::Merged(known, std::move(put), UtcDay());
  }
  if (IsSame(known, put)) {
    if (request.make_answer != nullptr) {
      plan.answer = request.make_answer(loaded.state->organisation);
    }
    return plan;
  }
  event::v1::OrganisationEvent event;
  *event.mutable_header() =
      HeaderOf(request.info, loaded.version + 1, clock_.Now());
  put.set_uid(uid.Hex());
  put.clear_etag();
  const event::v1::PlainPart names = TakeNames(put);
  *event.mutable_put()->mutable_organisation() = std::move(put);
  internal::KeyPtr own = key;
  if (own == nullptr) {
    own = std::make_shared<const registry::PersonKey>(
        registry::PersonKey::New(random_));
    plan.write.put_key = internal::WrapKey(keys_, random_, uid, *own);
  }
  if (names.texts_size() > 0) {
    SealPart({.sealer = sealer_, .key = *own, .person = uid, .stream = uid},
             model::v1::DATA_CLASS_IDENTITY, names, *event.mutable_header());
  }
  plan.write.put_rows.push_back(
      {.list = ListOf(Table::kOrganisations, ""), .id = request.organisation});
  CAREROUTE_RETURN_IF_ERROR(Finish(request, loaded, event, plan));
  return plan;
}

absl::Status Organisations::Finish(const ExecuteRequest& request,
                                   const Loaded<OrganisationState>& loaded,
                                   const event::v1::OrganisationEvent& event,
                                   Plan<OrganisationState>& plan) {
  auto after = std::make_shared<OrganisationState>(*loaded.state);
  plan.events.push_back(event.SerializeAsString());
  CAREROUTE_RETURN_IF_ERROR(
      OrganisationTraits::Fold(plan.events.back(), *after));
  if (request.make_answer != nullptr) {
    plan.answer = request.make_answer(after->organisation);
  }
  plan.after = std::move(after);
  return absl::OkStatus();
}

}  // namespace careroute::engine
