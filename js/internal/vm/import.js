'use strict';

// import() in code that vm compiles: whom it asks.

const {
  codes: {
    ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING, ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG, ERR_VM_MODULE_NOT_MODULE,
  },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { registerImporter, unregisterImporter } = require('internal/modules/esm/handlers');
const { hasOption } = require('internal/options');
const { constants } = require('internal/vm/context');

// The main loader, in the handler's numbers.
const MAIN_LOADER = 0;

let missing;
let registry;

function validateImporter(importer) {
  if (importer !== undefined && importer !== constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) {
    validateFunction(importer, 'options.importModuleDynamically');
  }
}

// What an importer gives may be a module of vm or the namespace of another.
async function namespaceOf(result) {
  const { isModule } = require('internal/vm/module');
  const module = await result;
  if (isModule(module)) {
    if (module.status === 'errored') throw module.error;
    return module.namespace;
  }
  if (!core.isModuleNamespaceObject(module)) throw new ERR_VM_MODULE_NOT_MODULE();
  return module;
}

// The number by which code names `importer`. `getOwner` gives what the importer is told it acts for, once that is there. Modules of vm may
// have one without further ado.
function importId(importer, getOwner, ofModule = false) {
  if (importer === undefined) {
    return missing ??= registerImporter(() => {
      throw new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
    });
  }
  if (importer === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) return MAIN_LOADER;
  return registerImporter((specifier, attributes) => {
    // The classes are there without the flag; a program that makes modules with them has what the flag gives it in Node.
    if (!ofModule && !hasOption('experimental-vm-modules') && !require('internal/vm/module').anyMade()) {
      throw new ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
    }
    return namespaceOf(Reflect.apply(importer, undefined, [specifier, getOwner(), attributes, 'evaluation']));
  });
}

// Forgets the importer of `id` once `owner` is gone.
function releaseWith(owner, id) {
  if (id === MAIN_LOADER || id === missing) return;
  registry ??= new FinalizationRegistry(unregisterImporter);
  registry.register(owner, id);
}

module.exports = { importId, namespaceOf, releaseWith, validateImporter };
