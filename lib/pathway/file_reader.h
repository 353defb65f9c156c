// lib/pathway/file_reader.h: the files of a catalogue, handed in.
//
// Under the names this library has for them; lib/catalogue reads them.

#ifndef CAREROUTE_LIB_PATHWAY_FILE_READER_H_
#define CAREROUTE_LIB_PATHWAY_FILE_READER_H_

#include "lib/catalogue/file_reader.h"

namespace careroute::pathway {

using catalogue::DirectoryFileReader;
using catalogue::FileReader;
using catalogue::IsFileName;
using catalogue::kFileBytesMax;
using catalogue::MapFileReader;

}  // namespace careroute::pathway

#endif  // CAREROUTE_LIB_PATHWAY_FILE_READER_H_
