#include "lib/api/pathway_methods.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/api/internal/published.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/check.h"
#include "lib/pathway/compare.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/load.h"

namespace careroute::api {
namespace {

using engine::Engine;
using google::protobuf::RepeatedPtrField;
using internal::FindPublished;
using internal::Published;
using model::v1::PublishedEdition;
using Files = RepeatedPtrField<v1::PathwayFile>;

enum class FileKind { kPathway, kBlock, kOverlay, kTexts };

FileKind KindOf(absl::string_view path) {
  if (absl::StrContains(path, ".texts.")) return FileKind::kTexts;
  if (absl::StartsWith(path, "blocks/")) return FileKind::kBlock;
  if (absl::StartsWith(path, "overlays/")) return FileKind::kOverlay;
  return FileKind::kPathway;
}

// The one file of a kind; empty when there is none, and a problem when there
// are two.
std::string OnlyFile(const Files& files, FileKind kind, absl::string_view word,
                     base::Problems& problems) {
  std::string found;
  for (int i = 0; i < files.size(); ++i) {
    if (KindOf(files[i].path()) != kind) continue;
    if (!found.empty()) {
      const auto scope = problems.Enter("files", i);
      problems.Error("path", "SECOND_FILE", absl::StrCat("is a second ", word),
                     absl::StrCat("send one ", word, " a request"));
    }
    found = files[i].path();
  }
  return found;
}

struct Loaded {
  std::optional<pathway::LoadedPathway> pathway;
  std::optional<pathway::LoadedOverlay> overlay;
};

// Everything that can be said of the files.
Loaded LoadAndCheck(const Files& files, base::Problems& problems) {
  pathway::MapFileReader reader;
  for (const v1::PathwayFile& file : files) {
    reader.Add(file.path(), file.content());
  }
  Loaded loaded;
  const std::string name =
      OnlyFile(files, FileKind::kPathway, "pathway", problems);
  const std::string overlay =
      OnlyFile(files, FileKind::kOverlay, "overlay", problems);
  if (name.empty()) {
    problems.Error("files", "NO_PATHWAY", "hold no pathway",
                   "send the file of the pathway with its texts and blocks");
    return loaded;
  }
  loaded.pathway = pathway::LoadPathway(reader, name, problems);
  if (!loaded.pathway.has_value()) return loaded;
  pathway::CheckPathway(loaded.pathway->pathway, {}, problems);
  loaded.pathway->source_map.Locate(problems);
  if (!overlay.empty()) {
    loaded.overlay = pathway::LoadOverlay(
        reader, overlay, loaded.pathway->pathway.languages(), problems);
  }
  return loaded;
}

std::optional<model::v1::Pathway> BindLoaded(const Loaded& loaded,
                                             base::Problems& problems) {
  if (!loaded.pathway.has_value() || problems.HasErrors()) return std::nullopt;
  return pathway::Bind(*loaded.pathway,
                       loaded.overlay.has_value() ? &*loaded.overlay : nullptr,
                       problems);
}

void PutProblems(const base::Problems& problems,
                 RepeatedPtrField<model::v1::Problem>& to) {
  for (const base::Grade grade : {base::Grade::kError, base::Grade::kWarning}) {
    for (const base::Problem& problem : problems.list()) {
      if (problem.grade == grade) *to.Add() = ToProto(problem);
    }
  }
}

absl::Status HasErrors(const base::Problems& problems) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_PATHWAY_HAS_ERRORS);
  refusal.set_message_key("pathway_has_errors");
  refusal.set_message("the pathway has errors or unbound parameters");
  PutProblems(problems, *refusal.mutable_problems());
  return RefusalStatus(refusal);
}

void CheckMethod(const v1::CheckPathwayRequest& request,
                 base::Done<Served> done) {
  base::Problems problems;
  const Loaded loaded = LoadAndCheck(request.files(), problems);
  const bool bound =
      !loaded.overlay.has_value() || BindLoaded(loaded, problems).has_value();
  v1::CheckPathwayResponse response;
  PutProblems(problems, *response.mutable_problems());
  response.set_publishable(bound && !problems.HasErrors());
  std::move(done)(Served{.bytes = response.SerializeAsString()});
}

void Publish(Engine& engine, const CallPtr& call,
             const v1::PublishPathwayRequest& request,
             base::Done<Served> done) {
  base::Problems problems;
  std::optional<std::string> bound = BindFiles(request.files(), problems);
  if (!bound.has_value()) {
    std::move(done)(HasErrors(problems));
    return;
  }
  v1::PublishPathwayResponse response;
  PutProblems(problems, *response.mutable_problems());
  engine.editions().Publish(
      {.info = internal::InfoOfOneCommand(call, request),
       .bound = *std::move(bound),
       .make_answer =
           [response](const PublishedEdition& published) mutable {
             *response.mutable_published() = published;
             return response.SerializeAsString();
           }},
      [done = std::move(done)](absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(internal::ServedOf(std::move(reply), {"editions"},
                                           access::DataClassSet()));
      });
}

void List(Engine& engine, const CallPtr& call,
          const v1::ListPathwaysRequest& request, base::Done<Served> done) {
  const std::string scope = absl::StrCat(call->method, "|", request.pathway());
  auto token = ReadToken(scope, request.page_token());
  if (!token.ok()) {
    std::move(done)(token.status());
    return;
  }
  int skip = 0;
  if (token->has_value() && !absl::SimpleAtoi(**token, &skip)) skip = 0;
  engine.editions().List(
      [scope, skip, size = PageSize(request.page_size()),
       pathway = request.pathway(), done = std::move(done)](
          absl::StatusOr<std::vector<PublishedEdition>> editions) mutable {
        if (!editions.ok()) {
          std::move(done)(editions.status());
          return;
        }
        v1::ListPathwaysResponse response;
        int position = 0;
        for (PublishedEdition& edition : *editions) {
          if (!pathway.empty() && edition.edition().pathway() != pathway) {
            continue;
          }
          if (position++ < skip) continue;
          if (response.editions_size() == size) {
            response.set_next_page_token(
                MakeToken(scope, absl::StrCat(skip + size)));
            break;
          }
          *response.add_editions() = std::move(edition);
        }
        std::move(done)(Served{.bytes = response.SerializeAsString()});
      });
}

void Get(Engine& engine, const v1::GetPathwayRequest& request,
         base::Done<Served> done) {
  FindPublished(
      engine, request.edition(),
      [done = std::move(done)](absl::StatusOr<Published> published) mutable {
        if (!published.ok()) {
          std::move(done)(published.status());
          return;
        }
        v1::GetPathwayResponse response;
        *response.mutable_pathway() = published->edition->pathway();
        *response.mutable_published() = std::move(published->name);
        std::move(done)(Served{.bytes = response.SerializeAsString()});
      });
}

Served CompareThem(const Published& before, const Published& after,
                   const std::string& language) {
  v1::CompareEditionsResponse response;
  model::v1::EditionDifference& difference = *response.mutable_difference();
  difference = pathway::Compare({.old_pathway = &before.edition->pathway(),
                                 .new_pathway = &after.edition->pathway(),
                                 .language = language});
  *difference.mutable_old_edition() = before.name.edition();
  *difference.mutable_new_edition() = after.name.edition();
  return Served{.bytes = response.SerializeAsString()};
}

void CompareMethod(Engine& engine, const v1::CompareEditionsRequest& request,
                   base::Done<Served> done) {
  FindPublished(
      engine, request.old_edition(),
      [&engine, asked = request.new_edition(), language = request.language(),
       done = std::move(done)](absl::StatusOr<Published> before) mutable {
        if (!before.ok()) {
          std::move(done)(before.status());
          return;
        }
        FindPublished(
            engine, asked,
            [before = *std::move(before), language,
             done = std::move(done)](absl::StatusOr<Published> after) mutable {
              if (!after.ok()) {
                std::move(done)(after.status());
                return;
              }
              std::move(done)(CompareThem(before, *after, language));
            });
      });
}

}  // namespace

std::optional<std::string> BindFiles(const Files& files,
                                     base::Problems& problems) {
  const Loaded loaded = LoadAndCheck(files, problems);
  const std::optional<model::v1::Pathway> bound = BindLoaded(loaded, problems);
  if (!bound.has_value() || problems.HasErrors()) return std::nullopt;
  return pathway::SerializeBound(*bound);
}

void AddPathwayMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::CheckPathwayRequest>(
      "careroute.api.v1.PathwayService.CheckPathway",
      [](const CallPtr&, const v1::CheckPathwayRequest& request,
         base::Done<Served> done) { CheckMethod(request, std::move(done)); });
  pipeline.Unary<v1::PublishPathwayRequest>(
      "careroute.api.v1.PathwayService.PublishPathway",
      [&engine](const CallPtr& call, const v1::PublishPathwayRequest& request,
                base::Done<Served> done) {
        Publish(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::ListPathwaysRequest>(
      "careroute.api.v1.PathwayService.ListPathways",
      [&engine](const CallPtr& call, const v1::ListPathwaysRequest& request,
                base::Done<Served> done) {
        List(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::CompareEditionsRequest>(
      "careroute.api.v1.PathwayService.CompareEditions",
      [&engine](const CallPtr&, const v1::CompareEditionsRequest& request,
                base::Done<Served> done) {
        CompareMethod(engine, request, std::move(done));
      });
  pipeline.Unary<v1::GetPathwayRequest>(
      "careroute.api.v1.PathwayService.GetPathway",
      [&engine](const CallPtr&, const v1::GetPathwayRequest& request,
                base::Done<Served> done) {
        Get(engine, request, std::move(done));
      });
}

}  // namespace careroute::api
