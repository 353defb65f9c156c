#include "lib/engine/engine.h"

#include <utility>

#include "lib/engine/unwitnessed.h"

namespace careroute::engine {

Engine::Engine(const Options& options)
    : options_(options),
      sealer_(options.random),
      signer_(options.keys),
      watches_(options.executor),
      editions_({.store = options.store,
                 .clock = options.clock,
                 .executor = options.executor}),
      organisations_({.store = options.store,
                      .clock = options.clock,
                      .random = options.random,
                      .executor = options.executor,
                      .keys = options.keys,
                      .sealer = sealer_}),
      persons_({.store = options.store,
                .clock = options.clock,
                .random = options.random,
                .executor = options.executor,
                .keys = options.keys,
                .sealer = sealer_,
                .cached_max = options.cached_cases}),
      cases_({.store = options.store,
              .clock = options.clock,
              .random = options.random,
              .executor = options.executor,
              .sealer = sealer_,
              .calendars = options.calendars,
              .measures = options.measures,
              .instruments = options.instruments,
              .editions = editions_,
              .persons = persons_,
              .organisations = organisations_,
              .held_lanes = held_lanes_,
              .fence = case_fence_,
              .hub_id = options.hub_id,
              .cached_max = options.cached_cases}),
      performed_referrals_({.store = options.store,
                            .clock = options.clock,
                            .random = options.random,
                            .executor = options.executor,
                            .keys = options.keys,
                            .sealer = sealer_,
                            .held_lanes = held_lanes_,
                            .cached_max = options.cached_cases}),
      migrations_({.store = options.store, .cases = cases_}),
      erasures_({.store = options.store, .cases = cases_, .persons = persons_}),
      hand_overs_({.store = options.store,
                   .clock = options.clock,
                   .calendars = options.calendars,
                   .cases = cases_,
                   .persons = persons_,
                   .performed = performed_referrals_,
                   .editions = editions_,
                   .organisations = organisations_,
                   .hub_id = options.hub_id}),
      post_moves_({.store = options.store,
                   .clock = options.clock,
                   .calendars = options.calendars,
                   .cases = cases_,
                   .organisations = organisations_}),
      reports_({.store = options.store,
                .clock = options.clock,
                .calendars = options.calendars,
                .cases = cases_,
                .editions = editions_,
                .persons = persons_,
                .organisations = organisations_}),
      merges_({.store = options.store, .cases = cases_, .persons = persons_}),
      adoptions_({.cases = cases_, .persons = persons_}),
      clock_guard_({.clock = options.clock,
                    .monotonic = options.monotonic,
                    .listener = options.on_clocks}),
      access_log_({.store = options.store,
                   .clock = options.clock,
                   .executor = options.executor,
                   .process = base::NewUid(options.random)}),
      lease_({.claims = options.store,
              .clock = options.clock,
              .holder = {.kind = store::StreamKind::kAccessLog,
                         .id = access_log_.process()},
              .alone = options.store.info().exclusive}),
      timers_({.store = options.store, .cases = cases_, .lease = lease_}),
      linked_cases_({.store = options.store,
                     .cases = cases_,
                     .editions = editions_,
                     .persons = persons_,
                     .calendars = options.calendars}),
      pump_({.store = options.store,
             .cases = cases_,
             .persons = persons_,
             .linked_cases = linked_cases_}),
      checkpoints_({.store = options.store,
                    .clock = options.clock,
                    .signer = signer_,
                    .process = access_log_.process()}),
      verifier_({.store = options.store, .check = SignedBy(signer_)}) {}

void Engine::Start(base::DoneStatus done) {
  options_.store.SetCommitListener([this](const store::Commit& commit) {
    checkpoints_.Observe(commit.head);
    LearnOf(commit.head.stream);
    ShowNothingOlder(commit.head);
    watches_.Notify(commit);
    if (options_.on_commit) options_.on_commit(commit);
  });
  CheckKeys([this, done = std::move(done)](absl::Status fit) mutable {
    if (!fit.ok()) {
      std::move(done)(std::move(fit));
      return;
    }
    organisations_.Start(
        [this, done = std::move(done)](absl::Status ready) mutable {
          if (!ready.ok()) {
            std::move(done)(std::move(ready));
            return;
          }
          editions_.Start(std::move(done));
        });
  });
}

void Engine::ShowNothingOlder(const store::StreamHead& head) {
  if (head.stream.kind == store::StreamKind::kCase) {
    cases_.ShowNothingOlder(head);
  } else if (head.stream.kind == store::StreamKind::kReferral) {
    performed_referrals_.ShowNothingOlder(head);
  }
}

// What is kept in memory of the whole hub is read again when another process
// may have changed it; what this one changes it shows by itself.
void Engine::LearnOf(const store::StreamId& stream) {
  if (options_.store.info().exclusive) return;
  if (stream.kind == store::StreamKind::kOrganisation) {
    organisations_.Refresh(stream.id, [](absl::Status) {});
  } else if (stream.kind == store::StreamKind::kHub) {
    editions_.Start([](absl::Status) {});
  }
}

// The first key that was not destroyed stands for all: they are made by one
// ring, which forgets none when it is rotated.
void Engine::CheckKeys(base::DoneStatus done) {
  options_.store.ListKeys({}, [this, done = std::move(done)](
                                  absl::StatusOr<store::KeyPage> page) mutable {
    if (!page.ok()) {
      std::move(done)(page.status());
      return;
    }
    for (const store::KeyRecord& record : page->keys) {
      if (record.destroyed.has_value()) continue;
      if (options_.keys.Find(registry::KeyUse::kWrapping,
                             record.key.wrapping_key) != nullptr) {
        break;
      }
      std::move(done)(absl::FailedPreconditionError(
          "the key-ring is not the one this store was made with; name "
          "that file as key_ring"));
      return;
    }
    std::move(done)(absl::OkStatus());
  });
}

void Engine::WitnessLeftBehind(base::Done<int64_t> done) {
  FindUnwitnessed(
      options_.store,
      [this](const store::StreamHead& head) { checkpoints_.Observe(head); },
      std::move(done));
}

void Engine::RunInBackground() {
  SweepLater();
  SignLater();
}

void Engine::Stop() { stopped_ = true; }

void Engine::HandOver(base::DoneStatus done) {
  lease_.GiveBack(std::move(done));
}

void Engine::SweepLater() {
  options_.executor.PostAt(options_.clock.Now() + kSweepEvery, [this] {
    if (stopped_) return;
    // A failed sweep is tried again: what is due stays in the due list.
    RunDue(options_.clock.Now(), [this](absl::StatusOr<int>) { SweepLater(); });
  });
}

void Engine::SignLater() {
  options_.executor.PostAt(options_.clock.Now() + kCheckpointEvery, [this] {
    if (stopped_) return;
    checkpoints_.Sign([this](absl::Status) { SignLater(); });
  });
}

void Engine::RunDue(absl::Time now, base::Done<int> done) {
  bool tidy = false;
  // What is thirty days old by a wrong clock is forgotten too soon.
  if (clock_guard_.Agrees()) {
    base::MutexLock lock(mutex_);
    tidy = now >= next_tidy_;
    if (tidy) next_tidy_ = now + kTidyEvery;
  }
  if (!tidy) return Round(now, 0, std::move(done));
  Purge(&store::Store::PurgeAnswers, now - kAnswersKept);
  Purge(&store::Store::PurgeTombstones, now - kTombstonesKept);
  // A post that could not be filled is looked at again the next time.
  post_moves_.VacateLeft(
      [this, now, done = std::move(done)](absl::StatusOr<int64_t>) mutable {
        Round(now, 0, std::move(done));
      });
}

// One portion after the other; a failure leaves the rest to the next time.
void Engine::Purge(PurgeMethod purge, absl::Time before) {
  (options_.store.*purge)(
      {.before = before},
      [this, purge, before](absl::StatusOr<int64_t> purged) {
        if (purged.ok() && *purged > 0 && !stopped_) Purge(purge, before);
      });
}

// A wrong clock raises nothing; messages need none.
void Engine::FireDue(absl::Time now, base::Done<int> done) {
  if (clock_guard_.Agrees()) {
    timers_.FireDue(now, std::move(done));
  } else {
    std::move(done)(0);
  }
}

void Engine::Round(absl::Time now, int fired, base::Done<int> done) {
  pump_.DeliverDue(now, [this, now, fired, done = std::move(done)](
                            absl::StatusOr<int> delivered) mutable {
    if (!delivered.ok()) {
      std::move(done)(delivered.status());
      return;
    }
    FireDue(now,
            [this, now, fired, delivered = *delivered,
             done = std::move(done)](absl::StatusOr<int> now_fired) mutable {
              if (!now_fired.ok()) {
                std::move(done)(now_fired.status());
                return;
              }
              const int total = fired + *now_fired;
              // What fired may have sent messages, and messages may have made
              // timers.
              if (*now_fired > 0 || delivered > 0) {
                return Round(now, total, std::move(done));
              }
              std::move(done)(total);
            });
  });
}

}  // namespace careroute::engine
