#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "lib/engine/verify.h"
#include "lib/engine/witness_file.h"
#include "lib/exchange/peer_witness.h"
#include "lib/registry/key_ring_file.h"
#include "lib/registry/public_key.h"
#include "services/command/hub_flags.h"
#include "services/command/message_file.h"
#include "services/command/progress.h"
#include "services/command/render_problems.h"
#include "services/core/await.h"
#include "services/core/open_store.h"
#include "services/core/thread_pool.h"
#include "services/hub/commands.h"
#include "services/hub/render_verification.h"

namespace careroute::services {
namespace {

struct VerifyFlags {
  HubFlags hub;  // for its language; no hub is called
  std::string store;
  std::string key_ring;
  std::vector<std::string> signing_keys;
  std::vector<std::string> witnesses;
  std::string export_witness;
  std::string of;  // a peer, whose checkpoints are exported
  bool json = false;
};

// Null when no keys were given.
absl::StatusOr<engine::SignatureCheck> CheckOf(const VerifyFlags& flags) {
  std::map<registry::KeyId, std::string> keys;
  for (const std::string& line : flags.signing_keys) {
    absl::StatusOr<registry::PublicKey> key = registry::ParsePublicKey(line);
    if (!key.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--signing-keys: ", key.status().message()));
    }
    keys[key->id] = std::move(key->bytes);
  }
  if (!flags.key_ring.empty()) {
    CAREROUTE_ASSIGN_OR_RETURN(const registry::KeyRing ring,
                               registry::LoadKeyRingFile(flags.key_ring));
    for (const registry::Key& key : ring.keys()) {
      if (key.use == registry::KeyUse::kSigning) keys[key.id] = key.public_key;
    }
  }
  if (keys.empty()) return engine::SignatureCheck();
  return engine::SignedWith(std::move(keys));
}

absl::StatusOr<std::vector<model::v1::SignedCheckpoint>> ReadAll(
    const std::vector<std::string>& files,
    const engine::SignatureCheck& check) {
  std::vector<model::v1::SignedCheckpoint> all;
  for (const std::string& file : files) {
    base::Problems problems;
    const std::optional<std::string> text = ReadTextFile(file, problems);
    if (!text.has_value()) {
      return absl::InvalidArgumentError(RenderProblems(problems, Screen()));
    }
    auto read = engine::ReadWitnesses({.text = *text, .check = check});
    if (!read.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(file, ": ", read.status().message()));
    }
    all.insert(all.end(), read->begin(), read->end());
  }
  return all;
}

absl::StatusOr<VerificationPage> Verify(const VerifyFlags& flags,
                                        store::Store& store,
                                        const CommandRun& run) {
  VerificationPage page{.language = flags.hub.language()};
  CAREROUTE_ASSIGN_OR_RETURN(const engine::SignatureCheck check,
                             CheckOf(flags));
  CAREROUTE_ASSIGN_OR_RETURN(auto witnesses, ReadAll(flags.witnesses, check));
  page.signatures = check != nullptr;
  page.witnesses = witnesses.size();
  ProgressLine line(run, page.language == "ru" ? "проверено" : "verified");
  engine::Verifier verifier(
      {.store = store,
       .check = check,
       .witnesses = std::move(witnesses),
       .progress = [&line](int64_t verified, int64_t total) {
         line.Show(verified, total);
       }});
  CAREROUTE_ASSIGN_OR_RETURN(
      page.found, Await<engine::Verification>(
                      [&verifier](base::Done<engine::Verification> done) {
                        verifier.VerifyAll(std::move(done));
                      }));
  return page;
}

absl::Status Export(const VerifyFlags& flags, store::Store& store) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string text,
      Await<std::string>([&](base::Done<std::string> done) {
        if (flags.of.empty()) {
          engine::WriteWitnesses(store, std::move(done));
        } else {
          exchange::WritePeerWitnesses(store, flags.of, std::move(done));
        }
      }));
  std::ofstream file(flags.export_witness, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file.fail()) {
    return absl::UnavailableError(
        absl::StrCat(flags.export_witness,
                     ": cannot be written; name a file in a folder that you "
                     "may write to"));
  }
  return absl::OkStatus();
}

int StatusOf(const engine::Verification& found) {
  if (!found.damages.empty()) return kExitFailed;
  return found.forgotten.empty() ? kExitDone : kExitWarnings;
}

int RunOn(const VerifyFlags& flags, store::Store& store,
          const CommandRun& run) {
  if (!flags.export_witness.empty()) {
    const absl::Status exported = Export(flags, store);
    return exported.ok() ? kExitDone : run.Fail(exported);
  }
  const absl::StatusOr<VerificationPage> page = Verify(flags, store, run);
  if (!page.ok()) return run.Fail(page.status());
  if (!flags.json) {
    run.out() << RenderVerification(*page, run.screen());
    return StatusOf(page->found);
  }
  const int printed = run.Print(VerificationJson(*page));
  return printed == kExitDone ? StatusOf(page->found) : printed;
}

int RunVerify(const VerifyFlags& flags, const CommandRun& run) {
  const absl::Status language = flags.hub.CheckLanguage();
  if (!language.ok()) return run.Fail(language);
  const config::v1::HubConfig config = ConfigOfStore(flags.store);
  const base::RealClock clock;
  ThreadPool pool({.clock = clock, .threads = IoThreadsOf(config)});
  int status = kExitFailed;
  {
    const absl::StatusOr<std::unique_ptr<store::Store>> store =
        OpenStoreToRead({.config = config, .executor = pool});
    status = store.ok() ? RunOn(flags, **store, run) : run.Fail(store.status());
    pool.Stop();
  }
  return status;
}

}  // namespace

void AddVerifyCommand(CLI::App& app, CommandRun& run) {
  CLI::App& verify = *app.add_subcommand(
      "verify",
      "Verify every record of a store: entries changed, swapped, missing or "
      "cut off; changes nothing, needs no hub, works beside one");
  const auto flags = std::make_shared<VerifyFlags>();
  verify
      .add_option("STORE", flags->store,
                  "A store's file, the folder of a backup, or postgresql://...")
      ->required();
  verify.add_option("--key-ring", flags->key_ring,
                    "The key-ring that signed the checkpoints");
  verify
      .add_option("--signing-keys", flags->signing_keys,
                  "Its public keys instead, lines of `careroute keys show`; "
                  "repeatable")
      ->allow_extra_args(false);
  verify
      .add_option("--witness", flags->witnesses,
                  "A file of checkpoints held elsewhere; repeatable")
      ->allow_extra_args(false);
  CLI::Option* exported = verify.add_option(
      "--export-witness", flags->export_witness,
      "Verify nothing; write the newest checkpoints into a file that is to be "
      "kept elsewhere");
  verify
      .add_option("--of", flags->of,
                  "With --export-witness: the checkpoints that the hub of this "
                  "id has shown, instead of the store's own")
      ->needs(exported);
  AddJsonFlag(verify, flags->json);
  // They would have no effect: nothing is verified then.
  for (const char* name :
       {"--key-ring", "--signing-keys", "--witness", "--json"}) {
    exported->excludes(verify.get_option(name));
  }
  flags->hub.AddLanguageTo(verify);
  run.OnParsed(verify, flags->hub.language(),
               [flags, &run] { return RunVerify(*flags, run); });
}

}  // namespace careroute::services
