#include "services/hub/story/story.h"

int main(int argc, char** argv) {
  return careroute::services::RunStory(argc, argv);
}
