import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ImportKinds } from '@lib/spreadsheets';
import { UnitTree } from './unit-tree.js';

/** What this room lends to imports: the tree that their scope is judged by. */
@Injectable()
export class UnitImports implements OnModuleInit {
  constructor(
    private readonly kinds: ImportKinds,
    private readonly tree: UnitTree,
  ) {}

  onModuleInit(): void {
    this.kinds.standOn(this.tree);
  }
}
